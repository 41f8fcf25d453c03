package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.fixture.Minted;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class SiteCertificateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Optional<Instant> EXPIRY = Optional.of(NOW.plus(Duration.ofDays(30)));
    private static final Problem WHY = Problem.of("acme-slow");

    private final SiteCertificate wish = new SiteCertificate(7);

    @Test
    void failureIsCountedOnceAJob() {
        fail(1, AcmeFailure.passing(WHY));
        fail(1, AcmeFailure.passing(WHY));
        assertThat(wish.failures()).isEqualTo(1);
        assertThat(wish.dueAt())
                .hasValueSatisfying(then ->
                        assertThat(then).isBetween(NOW.plus(Duration.ofMinutes(9)), NOW.plus(Duration.ofMinutes(10))));
        fail(2, AcmeFailure.passing(WHY));
        assertThat(wish.failures()).isEqualTo(2);
        assertThat(wish.dueAt()).hasValueSatisfying(SiteCertificateTest::isHalfAnHour);
        assertThat(wish.problem()).contains(WHY);
    }

    @Test
    void authorityIsNotAskedBeforeItSaysSo() {
        var then = NOW.plus(Duration.ofHours(5));
        fail(1, AcmeFailure.notBefore(WHY, then));
        assertThat(wish.dueAt()).contains(then);
        fail(2, AcmeFailure.notBefore(WHY, NOW.plusSeconds(1)));
        assertThat(wish.dueAt()).hasValueSatisfying(SiteCertificateTest::isHalfAnHour);
        // Of five certificates for the same names in a week the next one is free in a day and a half.
        var late = NOW.plus(Duration.ofHours(34));
        fail(3, AcmeFailure.notBefore(WHY, late));
        assertThat(wish.dueAt()).contains(late);
        // In another century.
        fail(4, AcmeFailure.notBefore(WHY, NOW.plus(Duration.ofDays(36_500))));
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(7)));
        // What visitors have must not expire meanwhile.
        var over = Optional.of(NOW.plus(Duration.ofDays(3)));
        wish.failed(5, WHY, Optional.of(AcmeFailure.notBefore(WHY, NOW.plus(Duration.ofDays(7)))), over, NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofHours(36)));
    }

    private static void isHalfAnHour(Instant then) {
        assertThat(then).isBetween(NOW.plus(Duration.ofMinutes(27)), NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void whatMayNotBeginIsCountedAsAFailureAndTold() {
        wish.refused(WHY, EXPIRY, NOW);
        wish.refused(WHY, EXPIRY, NOW);
        assertThat(wish.dueAt()).hasValueSatisfying(SiteCertificateTest::isHalfAnHour);
        assertThat(needsAttention(NOW)).isTrue();
    }

    @Test
    void whatCannotBeginForADayIsTold() {
        wish.putOff(WHY, NOW.plusSeconds(300), NOW);
        wish.putOff(WHY, NOW.plus(Duration.ofHours(30)), NOW.plus(Duration.ofHours(20)));
        assertThat(wish.failures()).isZero();
        assertThat(needsAttention(NOW.plus(Duration.ofHours(24)))).isFalse();
        assertThat(needsAttention(NOW.plus(Duration.ofHours(25)))).isTrue();
        // Of what nobody could even begin.
        var forgotten = new SiteCertificate(8);
        forgotten.attemptedAgainAt(NOW);
        assertThat(CertificateSearch.needsAttention(forgotten, Optional.empty(), NOW.plus(Duration.ofHours(25))))
                .isTrue();
    }

    @Test
    void firstOneThatComesByItselfInItsTurnIsNobodysConcern() {
        var full = Problem.of("acme-budget", NOW.plus(Duration.ofDays(7)));
        var awaited = SiteCertificate.automatic(9, 1, NOW);
        awaited.putOff(full, NOW.plus(Duration.ofDays(7)), NOW);
        assertThat(CertificateSearch.needsAttention(awaited, Optional.empty(), NOW.plus(Duration.ofDays(2))))
                .isFalse();
        // One that somebody has chosen is.
        wish.putOff(full, NOW.plus(Duration.ofDays(7)), NOW);
        assertThat(needsAttention(NOW.plus(Duration.ofDays(2)))).isTrue();
    }

    @Test
    void attemptThatIsTakenBackAfterANewerOneHasSucceededCountsNoMore() {
        var now = Instant.now();
        var certificate = served(now);
        wish.served(certificate, 5, List.of("shop.example.com"), now);
        var due = wish.dueAt();
        wish.failed(4, WHY, Optional.empty(), Optional.empty(), now);
        assertThat(wish.isCounted(4)).isTrue();
        assertThat(wish.failures()).isZero();
        assertThat(wish.dueAt()).isEqualTo(due);
        wish.failed(6, WHY, Optional.empty(), Optional.empty(), now);
        assertThat(wish.failures()).isEqualTo(1);
    }

    @Test
    void thatComesByItselfIsAwaitedQuietlyUntilSomebodyAsksForIt() {
        var elsewhere = Problem.of(UnprovableNames.ELSEWHERE, "faults", "here");
        var choice = new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.empty(), List.of());
        var awaited = SiteCertificate.automatic(9, 1, NOW);
        assertThat(awaited.dueAt()).contains(NOW);
        awaited.attempted(choice, true, Optional.empty(), NOW);
        awaited.failed(1, elsewhere, Optional.empty(), Optional.empty(), NOW);
        awaited.failed(2, elsewhere, Optional.empty(), Optional.empty(), NOW);
        assertThat(awaited.isAutomatic()).isTrue();
        assertThat(isWrong(awaited)).isFalse();
        // Names are not all that keeps it from coming.
        awaited.failed(3, WHY, Optional.empty(), Optional.empty(), NOW);
        assertThat(isWrong(awaited)).isTrue();
        // No authority certifies such names.
        var refused = Problem.of(AcmeErrors.NAME_REFUSED);
        awaited.failed(4, refused, Optional.of(AcmeFailure.lasting(refused)), Optional.empty(), NOW);
        assertThat(isWrong(awaited)).isFalse();
        // Whatever else keeps it from coming for good somebody has to see to, at once.
        var first = SiteCertificate.automatic(10, 1, NOW);
        first.failed(5, WHY, Optional.of(AcmeFailure.lasting(WHY)), Optional.empty(), NOW);
        assertThat(isWrong(first)).isTrue();
        awaited.attempted(choice, false, Optional.empty(), NOW);
        awaited.failed(5, elsewhere, Optional.empty(), Optional.empty(), NOW);
        assertThat(awaited.isAutomatic()).isFalse();
        assertThat(isWrong(awaited)).isTrue();
    }

    @Test
    void thatNobodyWantsByItselfIsLeftAloneUntilSomebodyDoes() {
        var declined = SiteCertificate.automatic(9, 1, NOW);
        declined.failed(1, WHY, Optional.empty(), Optional.empty(), NOW);
        assertThat(declined.isComing()).isTrue();
        declined.rested();
        assertThat(declined.isComing()).isFalse();
        assertThat(declined.problem()).isEmpty();
        assertThat(isWrong(declined)).isFalse();
        // Nobody has chosen its authority, so it keeps none in use.
        assertThat(declined.directoryId()).isEmpty();
        declined.awaited(2, NOW);
        assertThat(declined.isAutomatic()).isTrue();
        assertThat(declined.directoryId()).contains(2L);
        assertThat(declined.dueAt()).contains(NOW);
        // Who has chosen an authority keeps it.
        fail(1, AcmeFailure.passing(WHY));
        wish.attempted(
                new CertificateChoice(3, KeyType.EC_256, List.of(), Optional.empty(), List.of()),
                false,
                Optional.empty(),
                NOW);
        assertThat(wish.isComing()).isTrue();
        wish.rested();
        assertThat(wish.isComing()).isFalse();
        assertThat(wish.directoryId()).contains(3L);
    }

    private static boolean isWrong(SiteCertificate wish) {
        return CertificateSearch.needsAttention(wish, Optional.empty(), NOW);
    }

    private boolean needsAttention(Instant now) {
        return CertificateSearch.needsAttention(wish, Optional.empty(), now);
    }

    @Test
    void whatCannotSucceedIsTriedSeldomAndSomebodyIsToldAtOnce() {
        fail(1, AcmeFailure.lasting(WHY));
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(7)));
        assertThat(needsAttention(NOW)).isTrue();
        // With ten days left, half of that; never more often than daily, nor more seldom than weekly.
        lasting(2, Optional.of(NOW.plus(Duration.ofDays(10))));
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(5)));
        lasting(3, Optional.of(NOW.minusSeconds(1)));
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(1)));
        lasting(4, Optional.empty());
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(7)));
        fail(5, AcmeFailure.passing(WHY));
        assertThat(wish.isLasting()).isFalse();
    }

    private void lasting(long job, Optional<Instant> expiry) {
        wish.failed(job, WHY, Optional.of(AcmeFailure.lasting(WHY)), expiry, NOW);
    }

    @Test
    void whatCouldNotSucceedIsTriedAtOnceWhenTheSiteHasOtherNames() {
        fail(1, AcmeFailure.lasting(WHY));
        wish.renamed(Optional.empty(), List.of("shop.example.com"), 2, NOW);
        assertThat(wish.dueAt()).contains(NOW);
        var now = Instant.now();
        var served = served(now);
        var due = wish.dueAt();
        wish.renamed(Optional.of(served), List.of("shop.example.com"), 3, now);
        assertThat(wish.dueAt()).isEqualTo(due);
    }

    @Test
    void authorityThatWantsToBeLeftInPeaceIsWhateverTheNamesBecome() {
        var then = NOW.plus(Duration.ofDays(2));
        for (var code : AcmeErrors.TIMED) {
            var later = AcmeFailure.outage(Problem.of(code, "acme.example", "later"), Optional.of(then));
            wish.failed(1, later.problem(), Optional.of(later), EXPIRY, NOW);
            wish.renamed(Optional.empty(), List.of("new.example.com"), 2, NOW);
            assertThat(wish.dueAt()).as(code).contains(then);
        }
    }

    @Test
    void thatIsVoidIsReplacedWithinAnHourAndSomebodyIsToldAtOnce() {
        var now = Instant.now();
        var served = served(now);
        served.revoked(now);
        wish.attemptedAgainAt(now);
        // An authority that knows nothing of it, and wants it renewed as if it were good.
        wish.told(served, Optional.empty(), now);
        assertThat(wish.dueAt()).contains(now);
        var later = now.plusSeconds(1);
        assertThat(CertificateSearch.needsAttention(wish, served.alarmAt(), later))
                .isTrue();
        for (var job = 2; job < 9; job++) {
            wish.failed(job, WHY, Optional.of(AcmeFailure.passing(WHY)), served.goodUntil(), later);
        }
        assertThat(wish.dueAt())
                .hasValueSatisfying(then -> assertThat(then).isBefore(later.plus(Duration.ofMinutes(61))));
    }

    @Test
    void orderThatOurLimitsPutOffIsNoFailure() {
        var then = NOW.plus(Duration.ofHours(2));
        fail(1, AcmeFailure.postponed(WHY, then));
        assertThat(wish.failures()).isZero();
        assertThat(wish.isCounted(1)).isTrue();
        assertThat(wish.dueAt()).contains(then);
        assertThat(CertificateSearch.needsAttention(wish, Optional.empty(), NOW))
                .isFalse();
    }

    @Test
    void orderThatPeoplesLimitsRefuseKeepsTheClockFromNothing() {
        var choice = new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.empty(), List.of());
        var past = NOW.minusSeconds(60);
        var until = NOW.plus(Duration.ofHours(20));
        wish.attempted(choice, false, EXPIRY, NOW);
        wish.putOffForPeople(1, WHY, until, past, NOW);
        assertThat(wish.dueAt()).contains(past);
        assertThat(wish.putOffAt()).isEmpty();
        assertThat(wish.failures()).isZero();
        assertThat(wish.isCounted(1)).isTrue();
        wish.putOffForPeople(2, WHY, until, NOW.plus(Duration.ofDays(30)), NOW);
        assertThat(wish.dueAt()).contains(until);
        wish.putOffForPeople(3, WHY, NOW.plus(Duration.ofDays(7)), NOW.plus(Duration.ofDays(30)), NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(1)));
        // One of before is taken back only now.
        wish.putOffForPeople(2, WHY, until, past, NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void orderThatSomebodyCancelsKeepsTheClockFromNothing() {
        var soonest = NOW.plus(Duration.ofMinutes(15));
        wish.cancelled(Optional.of(NOW.minusSeconds(60)), EXPIRY, NOW);
        assertThat(wish.dueAt()).contains(soonest);
        var later = NOW.plus(Duration.ofDays(30));
        wish.cancelled(Optional.of(later), EXPIRY, NOW);
        assertThat(wish.dueAt()).contains(later);
        // The clock's own, or a first one.
        wish.cancelled(Optional.empty(), EXPIRY, NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void newNameDoesNotWaitForTheRenewalThatAnAuthorityWantsMeanwhile() {
        var now = Instant.now();
        var served = served(now);
        wish.renamed(Optional.of(served), List.of("shop.example.com", "new.example.com"), 2, now);
        wish.told(served, Optional.empty(), now);
        assertThat(wish.dueAt()).contains(now);
    }

    @Test
    void newNameBringsNothingBackThatNobodyWantsRenewed() {
        var now = Instant.now();
        var served = served(now);
        wish.rested();
        wish.renamed(Optional.of(served), List.of("shop.example.com", "new.example.com"), 2, now);
        assertThat(wish.dueAt()).isEmpty();
        assertThat(wish.uncovered()).containsExactly("new.example.com");
    }

    @Test
    void attemptThatNeverEndsIsRepeatedADayLater() {
        var choice = new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.empty(), List.of());
        wish.attempted(choice, false, EXPIRY, NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofDays(1)));
        wish.attempted(choice, false, Optional.of(NOW.plus(Duration.ofHours(6))), NOW);
        assertThat(wish.dueAt()).contains(NOW.plus(Duration.ofHours(3)));
    }

    @Test
    void littleLifeLeftIsTold() {
        assertThat(CertificateSearch.needsAttention(wish, Optional.of(NOW.minusSeconds(1)), NOW))
                .isTrue();
        assertThat(CertificateSearch.needsAttention(wish, Optional.of(NOW.plusSeconds(1)), NOW))
                .isFalse();
    }

    @Test
    void authorityThatIsAboutToRevokeItHasItReplacedAtOnce() {
        var now = Instant.now();
        var served = served(now);
        assertThat(wish.dueAt()).hasValueSatisfying(then -> assertThat(then).isAfter(now.plus(Duration.ofDays(9))));
        var past = new RenewalWindow(
                now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)), Optional.empty(), now.plusSeconds(3600));
        wish.told(served, Optional.of(past), now);
        assertThat(wish.dueAt()).hasValueSatisfying(then -> assertThat(then).isBefore(now));
        // Berth's own limits stay in force.
        wish.putOff(WHY, now.plusSeconds(7200), now);
        wish.told(served, Optional.of(past), now);
        assertThat(wish.dueAt()).contains(now.plusSeconds(7200));
    }

    @Test
    void whoeverGoesBackIsNotGivenTheNextOneTheSameDay() {
        var now = Instant.now();
        served(now);
        wish.attemptedAgainAt(now.minusSeconds(1));
        wish.returned(Optional.empty(), List.of(), Optional.of(now.plus(Duration.ofDays(30))), now);
        assertThat(wish.dueAt()).contains(now.plus(Duration.ofDays(1)));
        wish.attemptedAgainAt(now.minusSeconds(1));
        wish.returned(Optional.empty(), List.of(), Optional.of(now.plus(Duration.ofHours(30))), now);
        assertThat(wish.dueAt()).contains(now.plus(Duration.ofHours(15)));
        wish.rested();
        assertThat(wish.dueAt()).isEmpty();
    }

    @Test
    void newNameIsOrderedForAtOnceAndOnceOnly() {
        var now = Instant.now();
        var served = Optional.of(served(now));
        var more = List.of("new.example.com", "shop.example.com");
        wish.renamed(served, more, 2, now);
        assertThat(wish.dueAt()).contains(now);
        assertThat(wish.uncovered()).containsExactly("new.example.com");
        assertThat(needsAttention(now)).isTrue();
        wish.attemptedAgainAt(now.plusSeconds(600));
        wish.renamed(served, more, 3, now);
        assertThat(wish.dueAt()).contains(now.plusSeconds(600));
        wish.renamed(served, List.of("shop.example.com"), 4, now);
        assertThat(needsAttention(now)).isFalse();
        // Of what was uploaded somebody is only told.
        wish.served(brought(), 5, more, now);
        assertThat(wish.uncovered()).containsExactly("new.example.com");
        assertThat(wish.dueAt()).isEmpty();
        wish.renamed(Optional.of(brought()), List.of("new.example.com", "third.example.com"), 6, now);
        assertThat(wish.uncovered()).containsExactly("new.example.com", "third.example.com");
        assertThat(wish.dueAt()).isEmpty();
        assertThat(needsAttention(now)).isTrue();
    }

    @Test
    void namesToBlameAreForgottenOnceThereIsACertificateOrAnotherProof() {
        var now = Instant.now();
        var certificate = served(now);
        var byDns = new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.of(3L), List.of("*.shop.example.com"));
        wish.blamed(List.of("old.example.com"));
        fail(2, AcmeFailure.passing(WHY));
        assertThat(wish.blamed()).containsExactly("old.example.com");
        wish.attempted(byDns, false, Optional.empty(), now);
        assertThat(wish.blamed()).isEmpty();
        wish.blamed(List.of("old.example.com"));
        wish.attempted(byDns, true, Optional.empty(), now);
        assertThat(wish.blamed()).containsExactly("old.example.com");
        wish.served(certificate, 3, List.of("old.example.com", "shop.example.com"), now);
        assertThat(wish.blamed()).isEmpty();
        assertThat(wish.uncovered()).containsExactly("*.shop.example.com", "old.example.com");
        assertThat(needsAttention(now)).isTrue();
    }

    /** A certificate that somebody has brought. */
    private static Certificate brought() {
        var own = Minted.selfSigned("shop.example.com");
        var brought = BroughtCertificate.of(own.pem(), own.key(), List.of("shop.example.com"), Instant.now());
        return new Certificate(7, 2, brought, Optional.empty(), NOW);
    }

    @Test
    void nextOneIsOrderedWhenTheAuthorityWantsIt() {
        var now = Instant.now();
        var start = now.plus(Duration.ofDays(20));
        var end = start.plus(Duration.ofDays(1));
        wish.told(served(now), Optional.of(new RenewalWindow(start, end, Optional.empty(), end)), now);
        assertThat(wish.dueAt()).hasValueSatisfying(then -> assertThat(then).isBetween(start, end));
    }

    @Test
    void whatAnAuthorityHasSaidOfRenewalsIsOfOneCertificate() {
        var now = Instant.now();
        var window = new RenewalWindow(now, now.plusSeconds(60), Optional.empty(), now.plusSeconds(60));
        var first = served(now);
        assertThat(wish.toldAt()).isEmpty();
        wish.told(first, Optional.of(window), now);
        assertThat(wish.toldAt()).contains(now);
        served(now);
        assertThat(wish.toldAt()).isEmpty();
    }

    @Test
    void certificateFollowsOneOfTheSameAuthorityForOneOfItsNames() {
        var both = List.of("shop.example.com", "www.shop.example.com");
        var before = asked(1, both);
        assertThat(asked(1, List.of("blog.example.com", both.get(1))).follows(before))
                .isTrue();
        assertThat(asked(1, List.of("blog.example.com")).follows(before)).isFalse();
        assertThat(asked(2, both).follows(before)).isFalse();
        var own = Minted.selfSigned(both.get(0));
        var brought = BroughtCertificate.of(own.pem(), own.key(), both, Instant.now());
        assertThat(asked(1, both).follows(new Certificate(7, 1, brought, Optional.empty(), NOW)))
                .isFalse();
    }

    private Certificate asked(long authority, List<String> names) {
        wish.attempted(
                new CertificateChoice(authority, KeyType.EC_256, List.of(), Optional.empty(), List.of()),
                false,
                Optional.empty(),
                NOW);
        return new Certificate(wish, 1, names, NOW);
    }

    @Test
    void numberThatTheHostHasInUseIsNotTakenAgain() {
        wish.attempted(
                new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.empty(), List.of()),
                false,
                Optional.empty(),
                NOW);
        var names = List.of("shop.example.com");
        var certificate = new Certificate(wish, 1, names, NOW);
        certificate.failed();
        assertThat(certificate.serves(wish, names, NOW)).isTrue();
        certificate.spent(NOW);
        assertThat(certificate.serves(wish, names, NOW)).isFalse();
    }

    /** A certificate of 91 days that is a day old. */
    private Certificate served(Instant now) {
        wish.attempted(
                new CertificateChoice(1, KeyType.EC_256, List.of(), Optional.empty(), List.of()),
                false,
                Optional.empty(),
                now);
        var certificate = new Certificate(wish, 1, List.of("shop.example.com"), now);
        certificate.issued(
                IssuedCertificate.ofPem(Minted.selfSigned("shop.example.com").pem()));
        wish.served(certificate, 1, List.of("shop.example.com"), now);
        return certificate;
    }

    private void fail(long job, AcmeFailure failure) {
        wish.failed(job, WHY, Optional.of(failure), EXPIRY, NOW);
    }
}
