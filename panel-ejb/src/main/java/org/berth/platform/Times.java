package org.berth.platform;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Times for people. */
public final class Times {

    private Times() {}

    /** Date and time to the second, with the zone's name. */
    public static String exact(Instant time, Locale locale, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .withZone(zone)
                        .format(time)
                + " "
                + DateTimeFormatter.ofPattern("z", locale).withZone(zone).format(time);
    }
}
