package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.berth.fixture.Minted;
import org.berth.platform.BerthException;
import org.berth.platform.Problem;
import org.berth.sites.Hsts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrustRuleTest {

    private static final String WWW = "www.example.com";
    private static final Minted AUTHORITY = Minted.root("Root").authority("Between");

    @ParameterizedTest
    @EnumSource(value = Hsts.class, mode = EnumSource.Mode.EXCLUDE, names = "OFF")
    void visitorsWhoKeepToHttpsGetNoCertificateOfWhichTheyAreWarnedUnasked(Hsts hsts) {
        var rule = new TrustRule(site(hsts), Optional.empty(), false);
        assertThat(asked(rule::selfSigned)).containsExactly(at("hsts-lockout-self-signed"));
        var whole = issued(AUTHORITY.host("example.com", WWW).pem() + AUTHORITY.pem());
        assertThat(asked(() -> rule.serves(whole))).containsExactly(at("hsts-lockout-untrusted", "CN=Root"));
        assertThat(asked(() -> rule.orders(List.of("example.com"), Optional.empty())))
                .containsExactly(at("hsts-lockout-names", WWW));
    }

    @Test
    void allThatIsWrongIsToldAtOnceSoThatNothingIsConfirmedUnread() {
        var rule = new TrustRule(site(Hsts.ONE_DAY), Optional.empty(), false);
        var part = issued(AUTHORITY.host("example.com").pem());
        assertThat(asked(() -> rule.serves(part)))
                .containsExactly(at("hsts-lockout-incomplete", "CN=Between"), at("hsts-lockout-names", WWW));
    }

    @Test
    void whatBrowsersTrustForAllNamesNeedsNoQuestion() {
        var rule = new TrustRule(site(Hsts.PRELOAD), Optional.empty(), false);
        assertThatCode(() -> rule.orders(List.of("*.example.com", "example.com"), Optional.of(trusted())))
                .doesNotThrowAnyException();
        // Every Java knows this one; it is for no name.
        assertThat(asked(() -> rule.serves(trusted())))
                .containsExactly(at("hsts-lockout-names", "example.com, " + WWW));
    }

    @Test
    void whatBrowsersTrustIsNotReplacedUnaskedByWhatTheyDoNot() {
        var rule = new TrustRule(site(Hsts.OFF), Optional.of(trusted()), false);
        var whole = issued(AUTHORITY.host("example.com").pem() + AUTHORITY.pem());
        assertThat(asked(() -> rule.serves(whole))).containsExactly(at("certificate-trust-lost", "CN=Root"));
        // It is not for all names, of which nobody without HSTS is asked.
        assertThatCode(() -> rule.serves(trusted())).doesNotThrowAnyException();
        assertThat(asked(() -> rule.orders(List.of("example.com"), Optional.of(whole))))
                .containsExactly(at("certificate-trust-lost", "CN=Root"));
        assertThatCode(() -> rule.orders(List.of("example.com"), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsConfirmedOrHasNoHstsIsNotAsked() {
        var part = issued(AUTHORITY.host("example.com").pem());
        Stream.of(
                        new TrustRule(site(Hsts.PRELOAD), Optional.of(trusted()), true),
                        new TrustRule(site(Hsts.OFF), Optional.empty(), false))
                .forEach(rule -> assertThatCode(() -> {
                            rule.selfSigned();
                            rule.serves(part);
                            rule.orders(List.of(), Optional.of(part));
                        })
                        .doesNotThrowAnyException());
    }

    private static Holder site(Hsts hsts) {
        return new Holder(
                7,
                "example.com",
                1,
                List.of("example.com", WWW),
                hsts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Problem> asked(Runnable change) {
        try {
            change.run();
            return List.of();
        } catch (BerthException refused) {
            return refused.problems();
        }
    }

    private static Problem at(String code, Object... args) {
        return Problem.of(code, args).at("confirmed");
    }

    private static IssuedCertificate issued(String pem) {
        return IssuedCertificate.ofPem(pem);
    }

    private static IssuedCertificate trusted() {
        return new IssuedCertificate(List.of(known()));
    }

    private static X509Certificate known() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }
}
