package org.berth.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.jobs.StepState;
import org.berth.jobs.StepView;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.web.frame.Address;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** One job, as it happens. */
@Named
@RequestScoped
public class JobsDetailBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private Jobs jobs;

    private JobView job;

    public JobView getJob() {
        if (job == null) {
            job = jobs.find(current.actor(), id());
        }
        return job;
    }

    /** Whether it is this step that the job failed at, even if it was taken back since. */
    public boolean isCulprit(StepView step) {
        if (step.state() == StepState.FAILED || step.state() == StepState.UNDO_FAILED) {
            return true;
        }
        var begun = getJob().steps().stream()
                .filter(each -> each.startedAt().isPresent())
                .toList();
        return getJob().problem().isPresent()
                && step.state() == StepState.UNDONE
                && begun.get(begun.size() - 1).position() == step.position();
    }

    /** Whether the job left nothing behind, so that one begins anew instead of going on. */
    public boolean isAgain() {
        return getJob().type().equals("site-create") && isTakenBack();
    }

    /** Whether there is a site to go to. */
    public boolean isSiteThere() {
        var gone = getJob().type().equals("site-purge") ? getJob().state() == JobState.SUCCEEDED : isAgain();
        return getJob().siteId().isPresent() && !gone;
    }

    /** Where its site is shown; what has the number 0 is of the whole host. */
    public String getPlace() {
        var site = getJob().siteId().orElse(0L);
        if (site == 0) {
            return isAboutTls() ? "/tls" : "/certificates/panel";
        }
        return "/sites/" + site + (getJob().type().equals("certificate-issue") ? "/certificate" : "");
    }

    /** Text key of what is there. */
    public String getPlaceName() {
        if (getJob().siteId().orElse(0L) != 0) {
            return "jobs.to-site";
        }
        return isAboutTls() ? "jobs.to-tls" : "jobs.to-panel";
    }

    private boolean isAboutTls() {
        return getJob().type().equals("host-tls");
    }

    private boolean isTakenBack() {
        return getJob().state() == JobState.UNDONE || getJob().state() == JobState.CANCELLED;
    }

    /** Goes on from the step that failed. */
    public String retry() {
        return Redirect.to("/jobs/" + jobs.retry(current.actor(), id()).id());
    }

    /** Stops after the current step and takes back what was done. */
    public String cancel() {
        return Redirect.to("/jobs/" + jobs.cancel(current.actor(), id()).id());
    }

    private long id() {
        var item = address.getItem();
        if (!item.matches("\\d{1,18}")) {
            throw new NotFound(Problem.of("job-unknown", item));
        }
        return Long.parseLong(item);
    }
}
