package org.berth.sites;

import java.util.Optional;
import org.berth.platform.Problem;

/**
 * Whether a name could be taken now.
 *
 * @param ascii the name's ASCII form, as typed when it has none
 * @param display the form for people
 * @param problem why not
 */
public record NameCheck(String ascii, String display, Optional<Problem> problem) {

    public boolean isFree() {
        return problem.isEmpty();
    }
}
