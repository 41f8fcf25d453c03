package org.berth.certificates;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.function.Consumer;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;

/** Has visitors get a certificate of which the chain is known; its key is brought along, or on the host already. */
final class InstallStep implements Step {

    private static final VerbResult NOTHING = new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "");

    private final Host host;
    private final IssueLedger ledger;
    private final Consumer<JobFacts> then;

    InstallStep(Host host, IssueLedger ledger, Consumer<JobFacts> then) {
        this.host = host;
        this.ledger = ledger;
        this.then = then;
    }

    @Override
    public VerbResult run(StepContext context) {
        var job = context.job();
        var args = new HashMap<String, Object>();
        args.put("certificate", IssueInput.number(job.input()));
        args.put("chain", ledger.chain(job));
        ledger.broughtKey(job).ifPresent(key -> args.put("key", key));
        IssueInput.lineage(job.input()).ifPresent(lineage -> args.put("lineage", lineage));
        return host.call(VerbCall.change("certificate-install", job.site(), context.call(), args));
    }

    /** The verb has gone back by itself. */
    @Override
    public VerbResult undo(StepContext context) {
        return NOTHING;
    }

    @Override
    public void done(JobFacts job) {
        then.accept(job);
    }
}
