package org.berth.certificates;

import java.util.List;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/** Not every name of a site leads to this host. */
class NamesElsewhere extends Conflict {

    static final String CODE = "certificate-names-elsewhere";

    private final List<String> names;

    NamesElsewhere(List<String> names, Problem problem) {
        super(problem);
        this.names = List.copyOf(names);
    }

    /** Those that do not. */
    List<String> names() {
        return names;
    }
}
