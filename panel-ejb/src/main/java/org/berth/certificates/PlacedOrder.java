package org.berth.certificates;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.berth.jobs.Json;
import org.berth.security.Secrets;

/** An order at an authority as it is stored: first that it will be made, then where. */
@Entity
@Table(name = "acme_order")
class PlacedOrder {

    /** RFC 8555, 8.3; 128 is as many as the host takes. */
    private static final String TOKEN = "[A-Za-z0-9_-]{22,128}";

    /** What became of it. */
    enum State {
        OPEN,
        DONE,
        FAILED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "directory_id")
    private long directoryId;

    @Column(name = "certificate_id")
    private long certificateId;

    @Column(name = "names_digest")
    private String namesDigest;

    /** Registered domains for which it counts as a new certificate; none for a renewal. */
    @ElementCollection
    @CollectionTable(name = "order_domain", joinColumns = @JoinColumn(name = "order_id"))
    @Column(name = "domain")
    private Set<String> domains;

    private String url;
    private String tokens;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "asked_by")
    @Enumerated(EnumType.STRING)
    private Asker askedBy;

    @Column(name = "made_at")
    private Instant madeAt;

    protected PlacedOrder() {}

    PlacedOrder(Certificate certificate, Set<String> domains, Asker askedBy, Instant now) {
        directoryId = certificate.directoryId();
        this.askedBy = askedBy;
        certificateId = certificate.id();
        namesDigest = digest(certificate.names());
        this.domains = Set.copyOf(domains);
        tokens = Json.texts(List.of());
        state = State.OPEN;
        madeAt = now;
    }

    static String digest(Collection<String> names) {
        return Secrets.digest(String.join(" ", new TreeSet<>(names)));
    }

    /** The authority has taken it. */
    void placed(AcmeOrder order) {
        url = order.url();
        if (!order.proofs().isEmpty()) {
            tokens = Json.texts(order.proofs().stream()
                    .map(AcmeProof::token)
                    .filter(token -> !token.isEmpty())
                    .toList());
        }
    }

    void ended(State outcome) {
        state = outcome;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    long id() {
        return id;
    }

    long directoryId() {
        return directoryId;
    }

    Optional<String> url() {
        return Optional.ofNullable(url);
    }

    /** File names of what the host answers for it, also of what it answers no more. What is none it never answered. */
    List<String> tokens() {
        return Json.texts(tokens).stream().filter(token -> token.matches(TOKEN)).toList();
    }
}
