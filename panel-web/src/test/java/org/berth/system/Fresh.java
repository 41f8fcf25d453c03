package org.berth.system;

import java.util.UUID;

/** Names that nobody had before. */
final class Fresh {

    private Fresh() {}

    /** A name that can be registered, so that tests do not take each other's. */
    static String siteName(String about) {
        return about + "-" + random() + ".com";
    }

    static String login(String about) {
        return about + "-" + random();
    }

    static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
