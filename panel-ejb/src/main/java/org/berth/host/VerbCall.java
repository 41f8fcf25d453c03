package org.berth.host;

import java.util.Map;
import java.util.Optional;

/**
 * One call of a verb.
 *
 * @param verb name of the host-script
 * @param site id of the site it is about, 0 when it is about the whole host, or, of a verb that changes something, about the
 *     panel itself
 * @param context who calls, empty for verbs that only read
 * @param args the verb's own input; values are strings, numbers, booleans, or lists and maps of them
 * @param dryRun only say what would be done
 */
public record VerbCall(String verb, long site, Optional<Context> context, Map<String, ?> args, boolean dryRun) {

    /**
     * Who calls and in which order.
     *
     * @param lease the lease under which the change is made
     * @param step the job's step
     * @param actor name of who caused the job
     */
    public record Context(Lease lease, String step, String actor) {}

    public VerbCall {
        args = Map.copyOf(args);
    }

    /** Without what it is given, which may hold a key or a password. */
    @Override
    public String toString() {
        return "VerbCall[" + verb + " of site " + site + "]";
    }

    /** A verb that only reads, about the whole host. */
    public static VerbCall read(String verb) {
        return new VerbCall(verb, 0, Optional.empty(), Map.of(), false);
    }

    /** A verb that only reads, about one site. */
    public static VerbCall read(String verb, long site) {
        return new VerbCall(verb, site, Optional.empty(), Map.of(), false);
    }

    /** A verb that changes a site, or the panel itself. */
    public static VerbCall change(String verb, long site, Context context, Map<String, ?> args) {
        return new VerbCall(verb, site, Optional.of(context), args, false);
    }
}
