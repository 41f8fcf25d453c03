package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.berth.host.VerbFailure;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;
import org.berth.platform.BerthException;
import org.berth.security.Permission;

/**
 * Gets a certificate and installs it. Whatever fails, visitors keep the one that they have: only the last step changes
 * what they get, and the host goes back by itself. What is taken back are the answers to challenges.
 */
@ApplicationScoped
class IssueRecipe implements JobRecipe {

    static final String TYPE = "certificate-issue";

    private static final String INSTALL = "install";
    private static final String FORGET = "forget";

    private static final VerbResult NOTHING = new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "");

    private final IssueSteps steps;
    private final IssueLedger ledger;

    /** For the container's proxy. */
    IssueRecipe() {
        this(null, null);
    }

    @Inject
    IssueRecipe(IssueSteps steps, IssueLedger ledger) {
        this.steps = steps;
        this.ledger = ledger;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        if (IssueInput.isIssued(input)) {
            return List.of(INSTALL);
        }
        var issuance = switch (IssueInput.challenge(input)) {
            case HTTP_01 -> List.of("check", "account", "order", "challenge", "validate", "issue", "clean");
            case DNS_01 ->
                List.of("check-dns", "account", "order", "record", "everywhere", "validate", "issue", "clean-dns");
        };
        return Stream.concat(issuance.stream(), Stream.of(IssueInput.isDryRun(input) ? FORGET : INSTALL))
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "check" -> new IssueStep(steps::check, steps::uncheck, job -> {});
            case "check-dns" -> step(steps::checkDns);
            case "record" -> new IssueStep(steps::record, steps::unrecord, job -> {});
            case "everywhere" -> step(steps::everywhere);
            case "clean-dns" -> step(steps::unrecord);
            case "account" -> step(steps::account);
            case "order" -> step(steps::order);
            case "challenge" -> new IssueStep(steps::challenge, steps::clean, job -> {});
            case "validate" -> step(steps::validate);
            case "issue" -> step(steps::issue);
            case "clean" -> step(steps::clean);
            case FORGET -> new IssueStep(steps::forget, context -> NOTHING, ledger::tried);
            case INSTALL -> new IssueStep(steps::install, context -> NOTHING, ledger::served);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "issue", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        ledger.over(job, outcome);
    }

    private IssueStep step(Function<StepContext, VerbResult> run) {
        return new IssueStep(run, context -> NOTHING, job -> {});
    }

    /** A step that may be repeated, and whose failure is remembered beyond the job. */
    private final class IssueStep implements Step {

        private final Function<StepContext, VerbResult> run;
        private final Function<StepContext, VerbResult> undo;
        private final Consumer<JobFacts> done;

        IssueStep(
                Function<StepContext, VerbResult> run,
                Function<StepContext, VerbResult> undo,
                Consumer<JobFacts> done) {
            this.run = run;
            this.undo = undo;
            this.done = done;
        }

        @Override
        public VerbResult run(StepContext context) {
            try {
                return run.apply(context);
            } catch (VerbFailure failure) {
                if (failure.kind() != VerbFailure.Kind.BUSY && failure.kind() != VerbFailure.Kind.UNREACHABLE) {
                    ledger.failed(context.job(), failure);
                }
                throw failure;
            } catch (BerthException failure) {
                ledger.failed(context.job(), failure);
                throw failure;
            }
        }

        @Override
        public VerbResult undo(StepContext context) {
            return undo.apply(context);
        }

        @Override
        public void done(JobFacts job) {
            done.accept(job);
        }
    }
}
