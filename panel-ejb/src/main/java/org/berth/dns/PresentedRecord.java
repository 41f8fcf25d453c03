package org.berth.dns;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A record that is going to be written, or was, and is not known to be removed. */
@Entity
@Table(name = "dns_record")
class PresentedRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "access_id")
    private long accessId;

    private String holder;
    private String name;
    private String value;

    @Column(name = "presented_at")
    private Instant presentedAt;

    protected PresentedRecord() {}

    PresentedRecord(long accessId, String holder, TxtRecord record, Instant now) {
        this.accessId = accessId;
        this.holder = holder;
        name = record.name();
        value = record.value();
        presentedAt = now;
    }

    long id() {
        return id;
    }

    long accessId() {
        return accessId;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }
}
