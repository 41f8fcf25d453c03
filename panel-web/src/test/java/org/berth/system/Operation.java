package org.berth.system;

import java.util.List;

/** What may be done to a site, by which verbs, and in which state the site is before and after. */
enum Operation {
    CREATE("REMOVED", "ACTIVE", "site-user-create", "site-files-create", "php-apply", "database-create", "vhost-apply"),
    UPDATE("ACTIVE", "ACTIVE", "php-apply", "vhost-apply"),
    SUSPEND("ACTIVE", "SUSPENDED", "site-state"),
    RESUME("SUSPENDED", "ACTIVE", "site-state"),
    DELETE("ACTIVE", "DELETED", "site-state"),
    RESTORE("DELETED", "ACTIVE", "site-state"),
    PURGE(
            "DELETED",
            "REMOVED",
            "vhost-remove",
            "database-remove",
            "php-remove",
            "site-files-remove",
            "site-user-remove");

    private final String before;
    private final String after;
    private final List<String> verbs;

    Operation(String before, String after, String... verbs) {
        this.before = before;
        this.after = after;
        this.verbs = List.of(verbs);
    }

    String before() {
        return before;
    }

    String after() {
        return after;
    }

    /** In the order in which they are called. */
    List<String> verbs() {
        return verbs;
    }

    /** As people say it. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
