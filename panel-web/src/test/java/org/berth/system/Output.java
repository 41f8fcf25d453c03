package org.berth.system;

import java.util.List;

/**
 * What a command said.
 *
 * @param command what was run, for messages
 * @param exit its exit code
 */
record Output(List<String> command, int exit, String out, String err) {

    /** Standard output without the last line break. */
    String text() {
        return out.strip();
    }

    /** This, if the command succeeded. */
    Output orFail() {
        if (exit != 0) {
            throw new AssertionError(this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "%s ended with %d%n%s%n%s".formatted(String.join(" ", command), exit, out, err);
    }
}
