package org.berth.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** What alarms are about, so that administrators can choose of which they want mail. */
public enum AlarmKind {
    /** A site's certificate is not renewed, or expires soon. */
    CERTIFICATES,
    /** Web server, database, or the panel's way to the host. */
    SERVICES,
    /** Disks that fill up, and memory. */
    SPACE,
    /** Jobs that wait for a person. */
    JOBS,
    /** Whatever else makes the panel's health less than good. */
    OTHER;

    private static final Map<String, AlarmKind> BY_CODE = Map.of(
            "health-authority", CERTIFICATES,
            "health-service-down", SERVICES,
            "health-host", SERVICES,
            "health-quarantined", SERVICES,
            "health-disk", SPACE,
            "health-files", SPACE,
            "health-memory", SPACE,
            "health-stalled-jobs", JOBS);

    /** Every one. */
    public static final List<AlarmKind> ALL = List.of(values());

    /** What a reason of the panel's health is about. */
    static AlarmKind ofHealth(String code) {
        return BY_CODE.getOrDefault(code, OTHER);
    }

    /** As interfaces write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads it as interfaces write it. */
    public static AlarmKind of(String text) {
        return Stream.of(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput(Problem.of("mail-alarms", text).at("alarms")));
    }
}
