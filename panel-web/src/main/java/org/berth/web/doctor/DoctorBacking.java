package org.berth.web.doctor;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.berth.doctor.Doctor;
import org.berth.doctor.Finding;
import org.berth.doctor.Report;
import org.berth.jobs.JobView;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** What an examination finds, each with its explanation and, where it is safe, its repair. */
@Named
@RequestScoped
public class DoctorBacking {

    /** A page of more is read by nobody; the command tells them all. */
    private static final int SHOWN = 100;

    @Inject
    private CurrentActor current;

    @Inject
    private Doctor doctor;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private Report report;

    public Report getReport() {
        if (report == null) {
            report = doctor.examine(current.actor());
        }
        return report;
    }

    public List<Finding> getFindings() {
        return getReport().findings().stream().limit(SHOWN).toList();
    }

    /** How many are not shown. */
    public int getMore() {
        return Math.max(0, getReport().findings().size() - SHOWN);
    }

    /** Names of the sites that were not looked at. */
    public List<String> getBusy() {
        return getReport().busy().values().stream().map(say::name).toList();
    }

    /** Mends what can be mended of one site. */
    public String repair(long site) {
        return started(doctor.repair(current.actor(), Optional.of(String.valueOf(site))));
    }

    /** Mends what can be mended. */
    public String repairAll() {
        return started(doctor.repair(current.actor(), Optional.empty()));
    }

    private String started(List<JobView> jobs) {
        if (jobs.size() == 1) {
            return Redirect.to("/jobs/" + jobs.get(0).id());
        }
        notices.tell(say.text("doctor.started", jobs.size()));
        return Redirect.to(jobs.isEmpty() ? "/doctor" : "/jobs");
    }
}
