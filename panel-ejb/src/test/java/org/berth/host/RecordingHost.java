package org.berth.host;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.berth.platform.Problem;

/** A host that writes down what it is asked and answers as it is told: for unit tests, where no host is. */
public class RecordingHost implements Host {

    private final List<VerbCall> calls = new ArrayList<>();
    private final Map<String, Function<VerbCall, VerbResult>> answers = new HashMap<>();

    @Override
    public VerbResult call(VerbCall call) {
        calls.add(call);
        return answers.getOrDefault(call.verb(), RecordingHost::done).apply(call);
    }

    /** What the verb answers from now on. */
    public RecordingHost answering(String verb, String json) {
        answers.put(verb, call -> VerbMessage.answer(verb, 0, json, ""));
        return this;
    }

    /** The verb fails from now on. */
    public RecordingHost failing(String verb, VerbFailure.Kind kind) {
        answers.put(verb, call -> {
            throw new VerbFailure(kind, Problem.of("host-failed", verb, "told to fail", "", "", ""), "log of " + verb);
        });
        return this;
    }

    /** Every call so far. */
    public List<VerbCall> calls() {
        return List.copyOf(calls);
    }

    /** Names of the verbs called so far. */
    public List<String> verbs() {
        return calls.stream().map(VerbCall::verb).toList();
    }

    private static VerbResult done(VerbCall call) {
        return new VerbResult(true, Json.createObjectBuilder().build(), "");
    }
}
