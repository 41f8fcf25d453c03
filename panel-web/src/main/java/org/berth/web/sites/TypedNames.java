package org.berth.web.sites;

import java.util.List;
import java.util.stream.Stream;

/** Names as people type several of them: one a line, or with spaces or commas between. */
final class TypedNames {

    private TypedNames() {}

    static List<String> of(String text) {
        return Stream.of(text.split("[\\s,;]+")).filter(name -> !name.isEmpty()).toList();
    }
}
