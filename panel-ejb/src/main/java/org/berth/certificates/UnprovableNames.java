package org.berth.certificates;

import java.util.List;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/** Not every name of a site could be proven to an authority, so none was asked. */
class UnprovableNames extends Conflict {

    /** Some do not lead to this host. */
    static final String ELSEWHERE = "certificate-names-elsewhere";

    private final List<String> names;

    UnprovableNames(List<String> names, Problem problem) {
        super(problem);
        this.names = List.copyOf(names);
    }

    /** Those that could not. */
    List<String> names() {
        return names;
    }
}
