package org.berth.sites;

import java.util.Locale;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** What answers a request to a site. */
public enum SiteType {
    /** Files as they are. */
    STATIC,
    /** PHP, with files beside it. */
    PHP;

    /** Reads {@code static} or {@code php}, in any case. */
    public static SiteType of(String text) {
        for (var type : values()) {
            if (type.name().equalsIgnoreCase(text)) {
                return type;
            }
        }
        throw new InvalidInput(Problem.of("site-type-unknown", text).at("type"));
    }

    /** As interfaces write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
