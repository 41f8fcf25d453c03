package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.berth.platform.Conflict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests and answers: of Cloudflare and Hetzner as their documentation has them, and they were never asked; of acme-dns
 * as a real server gave them (docs/operations.md).
 */
class ProviderContractTest {

    private static final String NAME = "_acme-challenge.shop.example.com";
    private static final String VALUE = "v".repeat(43);
    private static final TxtRecord RECORD = new TxtRecord(NAME, VALUE);
    private static final Zones ZONES = new Zones(List.of("example.com"));

    private static final String CLOUDFLARE_ZONE =
            "{\"success\": true, \"errors\": [], \"result\": [{\"id\": \"023e105f4ecef8ad\", \"name\": \"example.com\"}]}";
    private static final String CLOUDFLARE_NONE = "{\"success\": true, \"errors\": [], \"result\": []}";
    private static final String CLOUDFLARE_BOTH = """
            {"success": true, "errors": [], "result": [
            {"id": "372e67954025e0ba", "type": "TXT", "name": "%1$s", "content": "\\"%2$s\\""},
            {"id": "9a7806061c88ada1", "type": "TXT", "name": "%1$s", "content": "\\"%3$s\\""}]}""".formatted(NAME, VALUE, "w".repeat(43));
    private static final String CLOUDFLARE_LIST = "GET /zones/023e105f4ecef8ad/dns_records?type=TXT&name.exact=" + NAME;

    private static final String HETZNER_SET = """
            {"rrset": {"id": "_acme-challenge.shop/TXT", "name": "_acme-challenge.shop", "type": "TXT", "ttl": 60,
            "records": [{"value": "\\"%s\\"", "comment": ""}]}}""".formatted(VALUE);
    private static final String HETZNER_NONE =
            "{\"error\": {\"code\": \"not_found\", \"message\": \"RRSet not found\"}}";
    private static final String HETZNER_PATH = "/zones/example.com/rrsets/_acme-challenge.shop/TXT";

    private static final String ACME_DNS_ACCOUNT = """
            {"username":"eabcdb41-d89f-4580-826f-3e62e9755ef2","password":"pbAXVjlIOE01xbut7YnAbkhMQIkcwoHO0ek2j4Q0",\
            "fulldomain":"d420c923-bbd7-4056-ab64-c3ca54c9b3cf.auth.example.org",\
            "subdomain":"d420c923-bbd7-4056-ab64-c3ca54c9b3cf","allowfrom":[]}""";
    private static final TxtRecord ACME_DNS_RECORD =
            new TxtRecord("d420c923-bbd7-4056-ab64-c3ca54c9b3cf.auth.example.org", VALUE);

    @Test
    void cloudflareGetsARecordOfItsOwnForEachValue() {
        try (var api = new Api("Authorization")) {
            api.answer(200, CLOUDFLARE_ZONE).answer(200, CLOUDFLARE_NONE).answer(200, "{\"success\": true}");
            new Cloudflare(api.address(), "token", ZONES).present(RECORD);
            assertThat(api.asked())
                    .containsExactly(
                            "GET /zones?name=example.com",
                            CLOUDFLARE_LIST,
                            "POST /zones/023e105f4ecef8ad/dns_records {\"type\":\"TXT\",\"name\":\"" + NAME
                                    + "\",\"content\":\"\\\"" + VALUE + "\\\"\",\"ttl\":60}");
            assertThat(api.identified()).containsOnly("Bearer token");
        }
    }

    @Test
    void cloudflareIsToldNothingTwiceAndLosesOneValueOnly() {
        try (var api = new Api()) {
            var provider = new Cloudflare(api.address(), "token", ZONES);
            api.answer(200, CLOUDFLARE_ZONE).answer(200, CLOUDFLARE_BOTH);
            provider.present(RECORD);
            api.answer(200, CLOUDFLARE_ZONE).answer(200, CLOUDFLARE_BOTH).answer(200, "{\"success\": true}");
            provider.remove(RECORD);
            assertThat(api.asked()).hasSize(5).endsWith("DELETE /zones/023e105f4ecef8ad/dns_records/372e67954025e0ba");
        }
    }

    @Test
    void whatCloudflareRefusesIsQuoted() {
        try (var api = new Api()) {
            api.answer(
                    403,
                    "{\"success\": false, \"errors\": [{\"code\": 10000, \"message\": \"Authentication error\"}]}");
            var provider = new Cloudflare(api.address(), "token", ZONES);
            assertThatThrownBy(() -> provider.present(RECORD)).isInstanceOfSatisfying(DnsFailure.class, failure -> {
                assertThat(failure.problem().code()).isEqualTo("dns-refused");
                assertThat(failure.problem().args().get(2)).contains("HTTP 403", "Authentication error");
            });
            // A token that may not see the zone is not told that there is one.
            api.answer(200, CLOUDFLARE_NONE);
            assertThatThrownBy(() -> provider.present(RECORD)).isInstanceOf(DnsFailure.class);
        }
    }

    @Test
    void hetznerAddsOneValueAndIsWaitedFor() {
        try (var api = new Api("Authorization")) {
            api.answer(404, HETZNER_NONE)
                    .answer(201, "{\"action\": {\"id\": 1, \"status\": \"running\", \"progress\": 50}}")
                    .answer(200, "{\"action\": {\"id\": 1, \"status\": \"success\", \"progress\": 100}}");
            new Hetzner(api.address(), "token", ZONES).present(RECORD);
            assertThat(api.asked())
                    .containsExactly(
                            "GET " + HETZNER_PATH,
                            "POST " + HETZNER_PATH + "/actions/add_records {\"records\":[{\"value\":\"\\\"" + VALUE
                                    + "\\\"\"}],\"ttl\":60}",
                            "GET /actions/1");
            assertThat(api.identified()).containsOnly("Bearer token");
        }
    }

    @Test
    void hetznerIsToldNothingTwiceAndLosesOneValueOnly() {
        try (var api = new Api()) {
            var provider = new Hetzner(api.address(), "token", ZONES);
            api.answer(200, HETZNER_SET);
            provider.present(RECORD);
            api.answer(404, HETZNER_NONE);
            provider.remove(RECORD);
            api.answer(200, HETZNER_SET).answer(201, "{\"action\": {\"id\": 2, \"status\": \"success\"}}");
            provider.remove(RECORD);
            assertThat(api.asked())
                    .hasSize(4)
                    .endsWith("POST " + HETZNER_PATH + "/actions/remove_records {\"records\":[{\"value\":\"\\\"" + VALUE
                            + "\\\"\"}]}");
        }
    }

    @Test
    void anActionThatFailsAtHetznerIsQuoted() {
        try (var api = new Api()) {
            api.answer(404, HETZNER_NONE)
                    .answer(
                            201,
                            "{\"action\": {\"id\": 3, \"status\": \"error\", \"error\": {\"code\": \"action_failed\"}}}");
            assertThatThrownBy(() -> new Hetzner(api.address(), "token", ZONES).present(RECORD))
                    .isInstanceOfSatisfying(
                            DnsFailure.class,
                            failure ->
                                    assertThat(failure.problem().args().get(2)).contains("action_failed"));
        }
    }

    @Test
    void acmeDnsGivesAnAccountAndTakesItsValues() {
        try (var api = new Api("X-Api-User", "X-Api-Key")) {
            api.answer(201, ACME_DNS_ACCOUNT).answer(200, "{\"txt\": \"" + VALUE + "\"}");
            var account = AcmeDns.register(api.address());
            var domain = AcmeDns.domain(account);
            assertThat(domain).isEqualTo("d420c923-bbd7-4056-ab64-c3ca54c9b3cf.auth.example.org");
            var provider = new AcmeDns(api.address(), account);
            provider.present(new TxtRecord(domain, VALUE));
            provider.remove(new TxtRecord(domain, VALUE));
            assertThat(api.asked())
                    .containsExactly(
                            "POST /register",
                            "POST /update {\"subdomain\":\"d420c923-bbd7-4056-ab64-c3ca54c9b3cf\",\"txt\":\"" + VALUE
                                    + "\"}");
            assertThat(api.identified())
                    .containsExactly(
                            null,
                            null,
                            "eabcdb41-d89f-4580-826f-3e62e9755ef2",
                            "pbAXVjlIOE01xbut7YnAbkhMQIkcwoHO0ek2j4Q0");
            assertThatThrownBy(() -> provider.present(RECORD)).isInstanceOf(Conflict.class);
        }
    }

    /** As with {@code domain = "Auth.Example.org"} in its configuration. */
    @Test
    void acmeDnsMayWriteItsOwnNameInCapitals() {
        try (var api = new Api()) {
            api.answer(201, ACME_DNS_ACCOUNT.replace("auth.example", "Auth.Example"))
                    .answer(200, "{\"txt\": \"" + VALUE + "\"}");
            var account = AcmeDns.register(api.address());
            assertThat(AcmeDns.domain(account)).isEqualTo(ACME_DNS_RECORD.name());
            new AcmeDns(api.address(), account).present(ACME_DNS_RECORD);
            assertThat(api.asked()).hasSize(2);
        }
    }

    /** A password, user or name that it does not know, and an address that it does not allow, it answers alike. */
    @ParameterizedTest
    @CsvSource({"401, forbidden", "400, bad_txt"})
    void whatAcmeDnsRefusesIsQuoted(int status, String error) {
        try (var api = new Api()) {
            api.answer(status, "{\"error\": \"" + error + "\"}");
            assertThatThrownBy(() -> new AcmeDns(api.address(), ACME_DNS_ACCOUNT).present(ACME_DNS_RECORD))
                    .isInstanceOfSatisfying(DnsFailure.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("dns-refused");
                        assertThat(failure.problem().args().get(2))
                                .isEqualTo("HTTP " + status + " {\"error\":\"" + error + "\"}");
                    });
        }
    }

    /** The first is what it says where registration is switched off. */
    @ParameterizedTest
    @CsvSource({"404, 404 page not found", "200, {\"password\": \"secret\"}"})
    void acmeDnsThatRegistersNobodyIsToldWithoutPasswords(int status, String body) {
        try (var api = new Api()) {
            api.answer(status, body);
            assertThatThrownBy(() -> AcmeDns.register(api.address()))
                    .isInstanceOfSatisfying(
                            DnsFailure.class,
                            failure -> assertThat(failure.problem().args())
                                    .containsExactly(api.address().toString(), "/register", "HTTP " + status + " {}"));
        }
    }

    @Test
    void anAnswerThatLeadsElsewhereIsNotFollowed() {
        try (var api = new Api()) {
            api.answer(302, "");
            assertThatThrownBy(() -> new Cloudflare(api.address(), "token", ZONES).present(RECORD))
                    .isInstanceOf(DnsFailure.class);
            assertThat(api.asked()).hasSize(1);
        }
    }
}
