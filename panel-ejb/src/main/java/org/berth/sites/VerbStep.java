package org.berth.sites;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;

/**
 * A step that is one call of one verb; verbs are idempotent, so it is, too.
 *
 * @param args the verb's input, read from the rows when the step runs
 * @param undoVerb what takes it back, with the site as its only input
 * @param heard who is told what the verb answered
 * @param then what the rows say once it is done
 */
record VerbStep(
        Host host,
        String verb,
        Function<JobFacts, Map<String, ?>> args,
        Optional<String> undoVerb,
        BiConsumer<JobFacts, VerbResult> heard,
        Consumer<JobFacts> then)
        implements Step {

    private static final Consumer<JobFacts> NOTHING = job -> {};

    static VerbStep of(Host host, String verb, Function<JobFacts, Map<String, ?>> args) {
        return new VerbStep(host, verb, args, Optional.empty(), (job, answer) -> {}, NOTHING);
    }

    static VerbStep of(Host host, String verb) {
        return of(host, verb, job -> Map.of());
    }

    VerbStep undoneBy(String other) {
        return new VerbStep(host, verb, args, Optional.of(other), heard, then);
    }

    VerbStep heardBy(BiConsumer<JobFacts, VerbResult> listener) {
        return new VerbStep(host, verb, args, undoVerb, listener, then);
    }

    VerbStep then(Consumer<JobFacts> consequence) {
        return new VerbStep(host, verb, args, undoVerb, heard, consequence);
    }

    @Override
    public VerbResult run(StepContext context) {
        var job = context.job();
        var answer = host.call(VerbCall.change(verb, job.site(), context.call(), args.apply(job)));
        heard.accept(job, answer);
        return answer;
    }

    @Override
    public VerbResult undo(StepContext context) {
        return host.call(VerbCall.change(undoVerb.orElseThrow(), context.job().site(), context.call(), Map.of()));
    }

    @Override
    public void done(JobFacts job) {
        then.accept(job);
    }
}
