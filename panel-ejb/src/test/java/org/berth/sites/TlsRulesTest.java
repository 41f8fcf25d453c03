package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.berth.platform.BerthException;
import org.berth.platform.DomainName;
import org.berth.platform.Problem;
import org.berth.sites.ServedCertificates.Served;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final SiteNames NAMES = names("example.com");
    private static final Optional<Served> GOOD = served(true, "example.com", "www.example.com");
    private static final TlsSettings PLAIN = TlsSettings.PLAIN;

    @Test
    void whatIsSoAlreadyIsNoChange() {
        assertThat(wished(GOOD, PLAIN, force(false, false))).isEmpty();
        assertThat(wished(Optional.empty(), PLAIN, TlsChange.NONE)).isEmpty();
    }

    @Test
    void httpsIsForcedAtOnceWhereBrowsersTrustIt() {
        assertThat(wished(GOOD, PLAIN, force(true, false))).contains(forced(Hsts.OFF, false));
    }

    @Test
    void httpsIsForcedOnlyWhenConfirmedWhereBrowsersWarn() {
        var expired = Optional.of(new Served(Set.of("example.com", "www.example.com"), NOW.minusSeconds(1), true));
        assertThat(refusal(Optional.empty(), PLAIN, force(true, false))).isEqualTo("https-self-signed@confirmed");
        assertThat(refusal(expired, PLAIN, force(true, false))).isEqualTo("https-expired@confirmed");
        assertThat(refusal(served(false, "example.com", "www.example.com"), PLAIN, force(true, false)))
                .isEqualTo("https-untrusted@confirmed");
        assertThat(refusal(served(true, "example.com"), PLAIN, force(true, false)))
                .isEqualTo("https-uncovered@confirmed");
        assertThat(wished(Optional.empty(), PLAIN, force(true, true))).isPresent();
        assertThat(wished(served(true, "*.example.com", "example.com"), PLAIN, force(true, false)))
                .isPresent();
    }

    @Test
    void hstsGoesUpOneStepAtATimeUnlessConfirmed() {
        var before = forced(Hsts.FIVE_MINUTES, true);
        assertThat(wished(GOOD, before, hsts(Hsts.ONE_DAY, false))).contains(forced(Hsts.ONE_DAY, true));
        assertThat(refusal(GOOD, before, hsts(Hsts.ONE_YEAR, false))).isEqualTo("hsts-skips@confirmed");
        assertThat(wished(GOOD, before, hsts(Hsts.ONE_YEAR, true))).isPresent();
    }

    @Test
    void everythingThatOneWordConfirmsIsAskedAbout() {
        var strange = Optional.of(new Served(Set.of("example.com"), NOW.minusSeconds(1), false));
        assertThatThrownBy(() -> wished(strange, forced(Hsts.OFF, false), hsts(Hsts.PRELOAD, false)))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refused -> assertThat(refused.problems())
                                .allMatch(problem -> problem.field().equals("confirmed"))
                                .extracting(Problem::code)
                                .containsExactly(
                                        "https-expired",
                                        "https-untrusted",
                                        "https-uncovered",
                                        "hsts-skips",
                                        "hsts-preload"));
    }

    @Test
    void hstsWithHttpAndWithACertificateOfItsOwnIsNotForConfirming() {
        var forced = forced(Hsts.OFF, false);
        assertThat(refusal(GOOD, PLAIN, hsts(Hsts.FIVE_MINUTES, true))).isEqualTo("hsts-without-https@hsts");
        assertThat(refusal(GOOD, forced(Hsts.ONE_DAY, true), force(false, true)))
                .isEqualTo("hsts-without-https@forceHttps");
        assertThat(refusal(Optional.empty(), forced, hsts(Hsts.FIVE_MINUTES, true)))
                .isEqualTo("hsts-self-signed@hsts");
    }

    @Test
    void theBrowsersOwnListNeedsARegisteredNameAndAWord() {
        var before = forced(Hsts.ONE_YEAR, true);
        assertThat(refusal(GOOD, before, hsts(Hsts.PRELOAD, false))).isEqualTo("hsts-preload@confirmed");
        assertThat(wished(GOOD, before, hsts(Hsts.PRELOAD, true))).isPresent();
        assertThatThrownBy(() -> rules(GOOD).wished(7, names("blog.example.com"), before, hsts(Hsts.PRELOAD, true)))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("hsts-preload-name"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Hsts.class,
            names = {"FIVE_MINUTES", "ONE_DAY", "ONE_YEAR", "PRELOAD"})
    void theWayDownIsOpenWithAnyCertificateAndBrowsersAreToldToForget(Hsts from) {
        var down = wished(Optional.empty(), forced(from, true), hsts(Hsts.OFF, false));
        assertThat(down).contains(forced(Hsts.OFF, true));
        assertThat(down.orElseThrow().args().get("hsts")).isEqualTo("forget");
        assertThat(down.orElseThrow().words()).containsExactly("forced", "hsts-forget");
    }

    @Test
    void newNamesNeedACertificateOrAWordWhereBrowsersKeepToHttps() {
        var more = new SiteNames(NAMES.name(), NAMES.www(), List.of(DomainName.of("more.example.com")));
        var held = forced(Hsts.FIVE_MINUTES, true);
        assertThat(unasked(GOOD, NAMES, more, held, false)).isEqualTo("hsts-new-names@confirmed");
        assertThat(unasked(Optional.empty(), NAMES, more, held, false)).isEqualTo("hsts-new-names@confirmed");
        assertThat(unasked(GOOD, NAMES, more, held, true)).isEmpty();
        assertThat(unasked(GOOD, NAMES, more, forced(Hsts.OFF, true), false)).isEmpty();
        assertThat(unasked(served(true, "*.example.com"), NAMES, more, held, false))
                .isEmpty();
        // Names that go, and those that were there before.
        assertThat(unasked(Optional.empty(), more, NAMES, held, false)).isEmpty();
    }

    private static String unasked(
            Optional<Served> served, SiteNames before, SiteNames names, TlsSettings tls, boolean confirmed) {
        try {
            rules(served).requireCovered(7, before, names, tls, confirmed);
            return "";
        } catch (BerthException refused) {
            return refused.problem().code() + "@" + refused.problem().field();
        }
    }

    @Test
    void whoWasNeverToldAnythingNeedsNothingToForget() {
        assertThat(PLAIN.args().get("hsts")).isEqualTo("off");
        assertThat(PLAIN.words()).isEmpty();
    }

    @Test
    void browsersAreToldOfHttp3AndWhenItEnds() {
        var on = wished(Optional.empty(), PLAIN, http3(true)).orElseThrow();
        assertThat(on.args().get("quic")).isEqualTo("on");
        assertThat(on.words()).containsExactly("http3");
        var off = wished(Optional.empty(), on, http3(false)).orElseThrow();
        assertThat(off.args().get("quic")).isEqualTo("clear");
        assertThat(off.words()).containsExactly("http3-clear");
    }

    private static TlsChange http3(boolean on) {
        return new TlsChange(Optional.empty(), Optional.empty(), Optional.of(on), false);
    }

    private static Optional<TlsSettings> wished(Optional<Served> served, TlsSettings before, TlsChange change) {
        return rules(served).wished(7, NAMES, before, change);
    }

    private static String refusal(Optional<Served> served, TlsSettings before, TlsChange change) {
        try {
            return "not refused: " + wished(served, before, change);
        } catch (BerthException refused) {
            Problem problem = refused.problem();
            return problem.code() + "@" + problem.field();
        }
    }

    private static TlsRules rules(Optional<Served> served) {
        return new TlsRules(new One(served), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** What the site answers with. */
    private record One(Optional<Served> served) implements ServedCertificates {

        @Override
        public Optional<Served> of(long site) {
            return served;
        }

        @Override
        public Map<Long, Instant> ends(Collection<Long> sites) {
            return Map.of();
        }

        @Override
        public Optional<Integer> number(long site) {
            return Optional.empty();
        }

        @Override
        public Map<Long, Integer> numbers() {
            return Map.of();
        }

        @Override
        public Map<Long, Integer> ordered() {
            return Map.of();
        }

        @Override
        public void shown(long site, int number) {
            throw new UnsupportedOperationException();
        }
    }

    private static Optional<Served> served(boolean trusted, String... names) {
        return Optional.of(new Served(Set.of(names), NOW.plusSeconds(60), trusted));
    }

    private static TlsSettings forced(Hsts step, boolean told) {
        return new TlsSettings(true, step, told, false, false);
    }

    private static TlsChange force(boolean on, boolean confirmed) {
        return new TlsChange(Optional.of(on), Optional.empty(), Optional.empty(), confirmed);
    }

    private static TlsChange hsts(Hsts step, boolean confirmed) {
        return new TlsChange(Optional.empty(), Optional.of(step), Optional.empty(), confirmed);
    }

    private static SiteNames names(String name) {
        var domain = DomainName.of(name);
        return new SiteNames(domain, domain.isWww() ? WwwChoice.NONE : WwwChoice.SERVE_BOTH, List.of());
    }
}
