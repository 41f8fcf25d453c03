package org.berth.web.frame;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/** Which tone and icon belong to a state; the word beside them is in the bundle. */
@Named
@ApplicationScoped
public class Look {

    private record Face(String tone, String icon) {}

    private static final Face UNKNOWN = new Face("idle", "waiting");

    private static final Map<String, Face> FACES = Map.ofEntries(
            Map.entry("ACTIVE", new Face("good", "good")),
            Map.entry("CREATING", new Face("info", "running")),
            Map.entry("SUSPENDED", new Face("notice", "pause")),
            Map.entry("DELETED", new Face("bad", "trash")),
            Map.entry("REMOVING", new Face("bad", "running")),
            Map.entry("REMOVED", new Face("idle", "trash")),
            Map.entry("QUEUED", new Face("idle", "waiting")),
            Map.entry("RUNNING", new Face("info", "running")),
            Map.entry("UNDOING", new Face("notice", "undo")),
            Map.entry("SUCCEEDED", new Face("good", "good")),
            Map.entry("FAILED", new Face("bad", "bad")),
            Map.entry("UNDONE", new Face("notice", "undo")),
            Map.entry("CANCELLED", new Face("idle", "stop")),
            Map.entry("STALLED", new Face("bad", "notice")),
            Map.entry("PENDING", new Face("idle", "skip")),
            Map.entry("DONE", new Face("good", "tick")),
            Map.entry("UNDO_FAILED", new Face("bad", "notice")),
            Map.entry("DISABLED", new Face("notice", "lock")),
            Map.entry("REFUSED", new Face("notice", "stop")),
            Map.entry("DENIED", new Face("bad", "lock")),
            Map.entry("HEALTHY", new Face("good", "good")),
            Map.entry("DEGRADED", new Face("notice", "notice")),
            Map.entry("UNHEALTHY", new Face("bad", "bad")),
            Map.entry("HERE", new Face("good", "good")),
            Map.entry("ELSEWHERE", new Face("notice", "notice")),
            Map.entry("MISSING", new Face("notice", "notice")),
            Map.entry("REQUESTED", new Face("info", "waiting")),
            Map.entry("ISSUED", new Face("info", "file")),
            Map.entry("SERVED", new Face("good", "shield")),
            Map.entry("REPLACED", new Face("idle", "archive")),
            Map.entry("TRIED", new Face("idle", "file")),
            Map.entry("REVOKED", new Face("bad", "stop")),
            Map.entry("WAITING", new Face("info", "waiting")),
            Map.entry("SENT", new Face("good", "tick")),
            Map.entry("active", new Face("good", "good")),
            Map.entry("inactive", new Face("notice", "stop")),
            Map.entry("failed", new Face("bad", "bad")));

    /** {@code good}, {@code notice}, {@code bad}, {@code info} or {@code idle}. */
    public String tone(Object state) {
        return face(state).tone();
    }

    /** Name of an icon in the sprite. */
    public String icon(Object state) {
        return face(state).icon();
    }

    /** What else the icon does: it turns while something runs. */
    public String motion(Object state) {
        return "running".equals(icon(state)) ? "turning" : "";
    }

    private static Face face(Object state) {
        return FACES.getOrDefault(String.valueOf(state), UNKNOWN);
    }
}
