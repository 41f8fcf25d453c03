package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;
import org.berth.platform.Problem;
import org.berth.security.Permission;

/**
 * Has the authority declare a certificate void, which nobody can take back, and then the site sign its own, unless the clock
 * is to order another one.
 */
@ApplicationScoped
class RevokeRecipe implements JobRecipe {

    static final String TYPE = "certificate-revoke";

    private static final String WITHDRAW = "withdraw";

    @Inject
    private Host host;

    @Inject
    private IssueLedger ledger;

    @Inject
    private Clock clock;

    /** Of the certificate that visitors get; of another one nothing has to take the place. */
    static JsonObject input(Certificate certificate, Revocation wish, boolean served) {
        return Json.createObjectBuilder()
                .add("certificate", certificate.number())
                .add("reason", wish.reason().text())
                .add(WITHDRAW, served && !wish.next())
                .build();
    }

    /** Whether the site is to sign its own then. */
    static boolean withdraws(JobFacts job) {
        return job.input().getBoolean(WITHDRAW);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return input.getBoolean(WITHDRAW) ? List.of("revoke", WITHDRAW) : List.of("revoke");
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "revoke" -> new RevokeStep(this::revoke, ledger::revoked);
            case WITHDRAW -> new RevokeStep(this::withdraw, ledger::withdrawn);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private VerbResult revoke(StepContext context) {
        var job = context.job();
        var plan = ledger.plan(job);
        if (plan.access().account().isEmpty()) {
            throw AcmeFailure.lasting(Problem.of(
                    "certificate-no-account", plan.access().directory().getHost()));
        }
        var leaf = IssuedCertificate.ofPem(plan.chain().orElseThrow()).leaf();
        var reason = RevokeReason.of(job.input().getString("reason"));
        AcmeClient.of(plan.access(), clock).revoke(leaf, reason.asAcme());
        var which = "certificate %d, serial %x".formatted(IssueInput.number(job.input()), leaf.getSerialNumber());
        return new VerbResult(true, JsonObject.EMPTY_JSON_OBJECT, which);
    }

    private VerbResult withdraw(StepContext context) {
        var job = context.job();
        return host.call(VerbCall.change(
                "certificate-withdraw",
                job.site(),
                context.call(),
                Map.of("certificate", IssueInput.number(job.input()))));
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "revoke", job.ownerId(), job.site());
    }

    /** What is revoked stays so. */
    @Override
    public void over(JobFacts job, JobState outcome) {}

    @Override
    public void retrying(JobFacts job) {
        if (withdraws(job)) {
            ledger.requireNoOther(job);
        }
    }

    /** A step that may be repeated. */
    private record RevokeStep(Function<StepContext, VerbResult> act, Consumer<JobFacts> then) implements Step {

        @Override
        public VerbResult run(StepContext context) {
            return act.apply(context);
        }

        @Override
        public void done(JobFacts job) {
            then.accept(job);
        }
    }
}
