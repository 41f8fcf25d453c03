package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.dns.DnsAccesses;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Via;

/** Decides what a site shall have: by what somebody says now, else by what was chosen before, else by what is usual. */
@Dependent
class CertificateChoices {

    @Inject
    private CertificateRows rows;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Clock clock;

    /**
     * Decides.
     *
     * @param wish what was chosen before
     */
    CertificateChoice decide(Actor actor, Holder holder, CertificateDraft draft, Optional<SiteCertificate> wish) {
        var names = holder.names();
        var directory = draft.authority()
                .map(rows::directory)
                .or(() -> wish.filter(some -> !some.isAutomatic())
                        .flatMap(SiteCertificate::directoryId)
                        .map(rows::directory))
                .orElseGet(rows::usualDirectory);
        if (!directory.isReady()) {
            throw new Conflict(
                    Problem.of("authority-not-ready", directory.name()).at("authority"));
        }
        var dnsAccess = dnsAccess(actor, draft, wish);
        return new CertificateChoice(
                directory.id(),
                draft.keyType().or(() -> wish.map(SiteCertificate::keyType)).orElse(KeyType.EC_256),
                leftOut(names, draft, wish),
                dnsAccess,
                wildcards(holder, draft, wish, dnsAccess.isPresent()));
    }

    /**
     * What somebody has to confirm before that is ordered.
     *
     * @param wish what was chosen before
     */
    List<Problem> questions(Actor actor, Holder holder, CertificateChoice choice, Optional<SiteCertificate> wish) {
        // What was left out before was confirmed then: no renewal waits for anybody.
        var before = wish.map(SiteCertificate::leftOut).orElse(List.of());
        var expected = Stream.concat(ordered(holder.names(), choice, List.of()).stream(), before.stream())
                .toList();
        var authority = rows.directory(choice.directory());
        var likeIt = actor.via() == Via.SYSTEM ? Optional.<IssuedCertificate>empty() : likeIt(holder, authority);
        var rule = new TrustRule(holder, rows.trusted(holder.id(), clock.instant()));
        return Stream.concat(
                        rule.orders(expected, authority.name(), likeIt).stream(), canonical(holder, expected).stream())
                .toList();
    }

    /** Whether a question is about browsers that do not trust an authority. */
    static boolean isOfTrust(Problem question) {
        return question.code().equals(TrustRule.UNTRUSTED);
    }

    /** By what to tell whether browsers trust an authority, unless visitors have theirs from it. */
    private Optional<IssuedCertificate> likeIt(Holder holder, AcmeDirectory authority) {
        return rows.served(holder.id())
                        .filter(served -> served.isOf(authority.id()))
                        .isPresent()
                ? Optional.empty()
                : rows.uninstalled(holder.id(), authority.id()).or(() -> rows.lastOf(authority.id()));
    }

    /** It is the name that visitors know, and to which others may lead. */
    private static Optional<Problem> canonical(Holder holder, List<String> expected) {
        return IssuedCertificate.uncovered(expected, List.of(holder.name())).isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of("certificate-left-out-canonical", DomainName.shown(holder.name()))
                        .at("confirmed"));
    }

    /**
     * What to order.
     *
     * @param without names, also with a star, that the clock leaves out this time
     */
    static List<String> ordered(List<String> names, CertificateChoice choice, List<String> without) {
        var wanted = names.stream()
                .filter(name -> !choice.leftOut().contains(name) && !without.contains(name))
                .toList();
        var wildcards = choice.wildcards().stream()
                .filter(name -> !without.contains(name))
                .toList();
        var ordered = CertificateNames.ordered(wanted, wildcards);
        if (ordered.isEmpty()) {
            throw new InvalidInput(Problem.of("certificate-left-out-all").at("leaveOut"));
        }
        return ordered;
    }

    private Optional<Long> dnsAccess(Actor actor, CertificateDraft draft, Optional<SiteCertificate> wish) {
        var before = wish.flatMap(SiteCertificate::dnsAccess);
        var challenge = draft.challenge()
                .or(() -> draft.dnsAccess().map(named -> ChallengeKind.DNS_01))
                .or(() -> wish.map(SiteCertificate::challenge))
                .orElse(ChallengeKind.HTTP_01);
        if (challenge == ChallengeKind.HTTP_01) {
            if (draft.dnsAccess().isPresent()) {
                throw new InvalidInput(Problem.of("certificate-dns-access-http").at("dnsAccess"));
            }
            return Optional.empty();
        }
        var chosen = draft.dnsAccess()
                .map(named -> accesses.choose(actor, named, before))
                .or(() -> before);
        if (chosen.isEmpty()) {
            throw new InvalidInput(Problem.of("certificate-dns-access-missing").at("dnsAccess"));
        }
        return chosen;
    }

    /** A name that the site lost since is not left out any more. */
    private static List<String> leftOut(List<String> names, CertificateDraft draft, Optional<SiteCertificate> wish) {
        draft.leftOut().orElse(List.of()).stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(stranger -> {
                    throw new InvalidInput(
                            Problem.of("certificate-left-out-unknown", stranger).at("leaveOut"));
                });
        return draft.leftOut().or(() -> wish.map(SiteCertificate::leftOut)).orElse(List.of()).stream()
                .filter(names::contains)
                .toList();
    }

    /** A star may stand for what is below the site's own names: nobody else has a name there. The panel has one name. */
    private static List<String> wildcards(
            Holder holder, CertificateDraft draft, Optional<SiteCertificate> wish, boolean byDns) {
        var possible = holder.isPanel()
                ? List.<String>of()
                : holder.names().stream().map(CertificateNames::below).toList();
        draft.wildcards().orElse(List.of()).stream()
                .filter(wildcard -> !byDns || !possible.contains(wildcard))
                .findFirst()
                .ifPresent(wrong -> {
                    throw new InvalidInput(
                            Problem.of(byDns ? "certificate-wildcard-unknown" : "certificate-wildcard-http", wrong)
                                    .at("wildcards"));
                });
        if (!byDns) {
            var before = wish.map(SiteCertificate::wildcards).orElse(List.of());
            if (draft.wildcards().isEmpty() && !before.isEmpty()) {
                throw new InvalidInput(Problem.of(
                                "certificate-wildcard-lost",
                                before.stream().map(DomainName::shown).collect(Collectors.joining(", ")))
                        .at("wildcards"));
            }
            return List.of();
        }
        return draft.wildcards().or(() -> wish.map(SiteCertificate::wildcards)).orElse(List.of()).stream()
                .filter(possible::contains)
                .distinct()
                .sorted()
                .toList();
    }
}
