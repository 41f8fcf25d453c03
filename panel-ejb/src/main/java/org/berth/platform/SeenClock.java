package org.berth.platform;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What the clock said last; one row. */
@Entity
@Table(name = "host_clock")
class SeenClock {

    static final byte ONLY = 1;

    @Id
    private byte id = ONLY;

    @Column(name = "seen_at")
    private Instant seenAt;

    protected SeenClock() {}

    SeenClock(Instant now) {
        seenAt = now;
    }

    Instant seenAt() {
        return seenAt;
    }
}
