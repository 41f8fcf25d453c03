package org.berth.certificates;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/** A certificate authority did not do what it was asked for; says when it may be asked again. */
class AcmeFailure extends HostFailure {

    /** Whether asking again can help. */
    enum Kind {
        /** Perhaps in a while. */
        PASSING,
        /** Perhaps in a while; until then it answers nobody, or does not want to be asked as often. */
        OUTAGE,
        /** The account is not as the authority wants it, and so no order of any site succeeds until somebody has seen to it. */
        ACCOUNT,
        /** The authority does not know the account, so the next attempt registers it anew. */
        ACCOUNT_LOST,
        /** Not before something else has changed: asking again only costs the account its good name. */
        LASTING,
        /** It was not asked: Berth keeps within the authority's limits. */
        POSTPONED
    }

    private final Kind kind;
    private final transient Instant notBefore;
    private final transient List<String> names;

    AcmeFailure(Kind kind, Problem problem, Instant notBefore) {
        this(kind, problem, notBefore, List.of());
    }

    private AcmeFailure(Kind kind, Problem problem, Instant notBefore, Collection<String> names) {
        super(problem);
        this.kind = kind;
        this.notBefore = notBefore;
        this.names = List.copyOf(names);
    }

    /** The same, because of some names. */
    AcmeFailure about(Collection<String> some) {
        return new AcmeFailure(kind, problem(), notBefore, some);
    }

    static AcmeFailure passing(Problem problem) {
        return new AcmeFailure(Kind.PASSING, problem, null);
    }

    static AcmeFailure notBefore(Problem problem, Instant when) {
        return new AcmeFailure(Kind.PASSING, problem, when);
    }

    static AcmeFailure outage(Problem problem, Optional<Instant> notBefore) {
        return new AcmeFailure(Kind.OUTAGE, problem, notBefore.orElse(null));
    }

    static AcmeFailure ofAccount(Problem problem) {
        return new AcmeFailure(Kind.ACCOUNT, problem, null);
    }

    static AcmeFailure lostAccount(Problem problem) {
        return new AcmeFailure(Kind.ACCOUNT_LOST, problem, null);
    }

    static AcmeFailure postponed(Problem problem, Instant when) {
        return new AcmeFailure(Kind.POSTPONED, problem, when);
    }

    static AcmeFailure lasting(Problem problem) {
        return new AcmeFailure(Kind.LASTING, problem, null);
    }

    Kind kind() {
        return kind;
    }

    /** Names without which the same order might have succeeded, as far as the authority has said so. */
    List<String> names() {
        return names;
    }

    /** The authority's own word ({@code Retry-After}), or what its limits leave. */
    Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
