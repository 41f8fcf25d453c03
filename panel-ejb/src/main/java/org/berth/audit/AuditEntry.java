package org.berth.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.berth.platform.DomainName;
import org.berth.security.Actor;
import org.berth.security.Via;

/** A row of the audit. */
@Entity
@Table(name = "audit_entry")
class AuditEntry {

    private static final int MAX_ACTOR = 64;
    private static final int MAX_ADDRESS = 45;
    private static final int MAX_NAME = 254;
    private static final int MAX_DETAIL = 2000;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private Instant at;

    @Column(name = "actor_id")
    private Long actorId;

    @Column(name = "actor_name")
    private String actorName;

    @Enumerated(EnumType.STRING)
    private Via via;

    private String address;
    private String action;

    @Column(name = "target_type")
    private String targetType;

    @Column(name = "target_id")
    private Long targetId;

    @Column(name = "target_name")
    private String targetName;

    /** For searches only. */
    @Column(name = "target_other")
    private String targetOther;

    @Enumerated(EnumType.STRING)
    private Result result;

    private String detail;

    @Column(name = "job_id")
    private Long jobId;

    protected AuditEntry() {}

    AuditEntry(NewEntry entry, Instant at) {
        this.at = at;
        actorId = known(entry.actor().accountId());
        actorName = plain(entry.actor().name(), MAX_ACTOR);
        via = entry.actor().via();
        address = plain(entry.actor().address(), MAX_ADDRESS);
        action = entry.action();
        targetType = entry.target().type();
        targetId = known(entry.target().id());
        targetName = plain(entry.target().name(), MAX_NAME);
        targetOther = DomainName.otherForm(targetName);
        result = entry.result();
        detail = plain(entry.detail(), MAX_DETAIL);
        jobId = known(entry.job());
    }

    /** What this reader may see of it: not from where somebody else acted, unless it is an administrator. */
    AuditView view(Actor reader) {
        var own = actorId != null && actorId == reader.accountId();
        return new AuditView(
                id,
                at,
                actorName,
                via,
                own || reader.isAdministrator() ? address : "",
                action,
                new Target(targetType, targetId == null ? 0 : targetId, targetName),
                result,
                detail,
                jobId == null ? 0 : jobId);
    }

    private static Long known(long id) {
        return id == 0 ? null : id;
    }

    /** One line that fits: what was refused may be long, or try to look like two entries. */
    private static String plain(String text, int length) {
        var line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }
}
