package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.berth.fixture.Minted;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.sites.Hsts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrustRuleTest {

    private static final String WWW = "www.example.com";
    private static final Minted AUTHORITY = Minted.root("Root").authority("Between");
    private static final IssuedCertificate WHOLE =
            issued(AUTHORITY.host("example.com", WWW).pem() + AUTHORITY.pem());
    private static final IssuedCertificate PART =
            issued(AUTHORITY.host("example.com").pem());

    @ParameterizedTest
    @EnumSource(value = Hsts.class, mode = EnumSource.Mode.EXCLUDE, names = "OFF")
    void visitorsWhoKeepToHttpsGetNoCertificateOfWhichTheyAreWarnedUnasked(Hsts hsts) {
        var rule = new TrustRule(site(hsts), Optional.empty());
        assertThat(rule.selfSigned()).containsExactly(at("hsts-lockout-self-signed"));
        assertThat(rule.revoked()).containsExactly(at("hsts-lockout-self-signed"));
        assertThat(rule.serves(WHOLE)).containsExactly(at("hsts-lockout-untrusted", "CN=Root"));
        assertThat(rule.orders(List.of("example.com"), "Staging", Optional.of(WHOLE)))
                .containsExactly(at("hsts-lockout-names", WWW));
    }

    @Test
    void allThatIsWrongIsToldAtOnceSoThatNothingIsConfirmedUnread() {
        var rule = new TrustRule(site(Hsts.ONE_DAY), Optional.of(trusted()));
        assertThat(rule.serves(PART))
                .containsExactly(at("hsts-lockout-incomplete", "CN=Between"), at("hsts-lockout-names", WWW));
        assertThat(rule.orders(List.of("example.com"), "Staging", Optional.of(WHOLE)))
                .containsExactly(at("authority-untrusted", "Staging", "CN=Root"), at("hsts-lockout-names", WWW));
    }

    @Test
    void whatBrowsersTrustForAllNamesNeedsNoQuestion() {
        var rule = new TrustRule(site(Hsts.PRELOAD), Optional.of(trusted()));
        assertThat(rule.orders(List.of("*.example.com", "example.com"), "Public", Optional.of(trusted())))
                .isEmpty();
        // Every Java knows this one; it is for no name.
        assertThat(rule.serves(trusted())).containsExactly(at("hsts-lockout-names", "example.com, " + WWW));
    }

    @Test
    void whatBrowsersTrustIsNotReplacedUnaskedByWhatTheyDoNot() {
        var rule = new TrustRule(site(Hsts.OFF), Optional.of(trusted()));
        assertThat(rule.serves(WHOLE)).containsExactly(at("certificate-trust-untrusted", "CN=Root"));
        assertThat(rule.serves(PART)).containsExactly(at("certificate-trust-incomplete", "CN=Between"));
        assertThat(rule.selfSigned()).containsExactly(at("certificate-trust-given-up"));
        // It is declared void anyway.
        assertThat(rule.revoked()).isEmpty();
        // It is not for all names, of which nobody without HSTS is asked.
        assertThat(rule.serves(trusted())).isEmpty();
        assertThat(rule.orders(List.of("example.com"), "Staging", Optional.of(WHOLE)))
                .containsExactly(at("authority-untrusted", "Staging", "CN=Root"));
        assertThat(rule.orders(List.of("example.com"), "New", Optional.empty())).isEmpty();
    }

    @Test
    void whatLocksNobodyOutAndTakesNoTrustIsNotAsked() {
        var rule = new TrustRule(site(Hsts.OFF), Optional.empty());
        assertThat(rule.selfSigned()).isEmpty();
        assertThat(rule.serves(PART)).isEmpty();
        assertThat(rule.orders(List.of(), "Staging", Optional.of(PART))).isEmpty();
    }

    @Test
    void whatIsConfirmedIsNotRefused() {
        var questions = List.of(at("certificate-trust-given-up"));
        assertThatCode(() -> TrustRule.require(true, questions)).doesNotThrowAnyException();
        assertThatCode(() -> TrustRule.require(false, List.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> TrustRule.require(false, questions))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        refused -> assertThat(refused.problems()).isEqualTo(questions));
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
