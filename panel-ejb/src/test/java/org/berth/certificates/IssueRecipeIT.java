package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.berth.dns.Bind;
import org.berth.dns.ChallengeRecords;
import org.berth.dns.RecordHolder;
import org.berth.dns.TxtRecord;
import org.berth.fixture.Minted;
import org.berth.host.Host;
import org.berth.host.Lease;
import org.berth.host.VerbCall;
import org.berth.host.VerbFailure;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.StepContext;
import org.berth.platform.BerthException;
import org.berth.platform.HostIdentity;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All steps of an issuance against a real authority, with rows in memory and a host that only answers challenges. */
class IssueRecipeIT {

    private static final List<String> NAMES = List.of("blog.example", "www.blog.example");
    private static final JsonObject INPUT = Json.createObjectBuilder()
            .add("certificate", 3)
            .add("names", Json.createArrayBuilder(NAMES))
            .add("issued", false)
            .add("token", "a".repeat(43))
            .build();
    private static final Map<String, String> STRICT =
            Map.of("PEBBLE_WFE_NONCEREJECT", "20", "PEBBLE_AUTHZREUSE", "0", "PEBBLE_VA_NOSLEEP", "1");
    private static final List<String> WILDCARD = List.of("*.berth.example", "berth.example");
    private static final JsonObject BY_DNS = Json.createObjectBuilder(INPUT)
            .add("names", Json.createArrayBuilder(WILDCARD))
            .add("dnsAccess", 1)
            .build();
    private static final String END = "-----END CERTIFICATE-----";
    private static final String CHALLENGE = "_acme-challenge.berth.example";

    @TempDir
    private Path folder;

    private Pebble pebble;
    private MemoryLedger ledger;
    private PebblesHost host;
    private IssueRecipe recipe;
    private JsonObject input;

    @BeforeEach
    void start() throws Exception {
        use(new Pebble(folder, STRICT, Optional.empty()), INPUT, null);
    }

    private void use(Pebble authority, JsonObject wanted, ChallengeRecords records) {
        pebble = authority;
        input = wanted;
        ledger = new MemoryLedger(pebble.access(AccountKey.make(), Optional.empty()));
        host = new PebblesHost();
        recipe = new IssueRecipe(
                new IssueSteps(host, ledger, new NoPreflight(), records, new HostIdentity(), Clock.systemUTC()),
                ledger);
    }

    /** An authority that asks real name servers, and knows nothing else. */
    private void useNameServers(Bind bind) throws Exception {
        pebble.close();
        var asking = Files.createDirectory(folder.resolve("asking"));
        use(new Pebble(asking, STRICT, Optional.empty(), Optional.of(bind.address())), BY_DNS, bind.records());
    }

    @AfterEach
    void stop() {
        pebble.close();
    }

    @Test
    void certificateIsInstalledAndNoAnswerIsLeft() {
        recipe.steps(INPUT).forEach(this::run);
        assertThat(IssuedCertificate.ofPem(host.chain).names()).containsExactlyElementsOf(NAMES);
        assertThat(host.answers).isEmpty();
        assertThat(ledger.served).isTrue();
        assertThat(ledger.orders).isEqualTo(1);
    }

    @Test
    void certificateThatIsOnlyTriedIsIssuedAndNotInstalled() {
        input = Json.createObjectBuilder(INPUT).add("dryRun", true).build();
        var logs = new ArrayList<String>();
        for (var step : recipe.steps(input)) {
            logs.add(recipe.step(step).run(context(step)).log());
            // As after a crash before it was written down.
            logs.add(recipe.step(step).run(context(step)).log());
            recipe.step(step).done(job());
        }
        assertThat(ledger.chain).isPresent();
        assertThat(host.chain).isNull();
        assertThat(host.answers).isEmpty();
        assertThat(host.cleaned).isTrue();
        assertThat(ledger.served).isFalse();
        assertThat(ledger.tried).isTrue();
        assertThat(ledger.orders).isEqualTo(1);
        assertThat(logs)
                .filteredOn(log -> log.contains("Pebble Intermediate")
                        && log.contains("keep what they have")
                        && log.contains("not trust"))
                .hasSize(2);
    }

    @Test
    void certificateThatIsKeptFromVisitorsDoesNotReachTheHost() {
        recipe.steps(INPUT).stream().filter(step -> !step.equals("install")).forEach(this::run);
        ledger.kept = true;
        assertThatThrownBy(() -> run("install")).isInstanceOf(AcmeFailure.class);
        assertThat(host.chain).isNull();
        assertThat(ledger.failure).isNotNull();
    }

    @Test
    void nameThatOthersLeadHereIsNoHindranceButStandsInTheLog() {
        assertThat(recipe.step("check").run(context("check")).log()).contains("a router: way. This host is here.");
        assertThat(ledger.failure).isNull();
    }

    @Test
    void everyStepMayBeBrokenOffAndRepeated() {
        for (var step : recipe.steps(INPUT)) {
            run(step);
            // As after a crash before the step was written down.
            run(step);
        }
        assertThat(ledger.orders).isEqualTo(1);
        assertThat(ledger.served).isTrue();
        assertThat(host.answers).isEmpty();
    }

    @Test
    void crashBetweenOrderAndNoteIsNotFollowedByAnotherOrder() {
        recipe.steps(INPUT).subList(0, 3).forEach(this::run);
        var made = ledger.order.url().orElseThrow();
        ledger.order = new IssuePlan.Placed(ledger.order.id(), Optional.empty(), List.of());
        run("order");
        assertThat(ledger.order.url()).contains(made);
    }

    @Test
    void orderThatFailedIsFollowedByAnother() {
        recipe.steps(INPUT).subList(0, 3).forEach(this::run);
        assertThatThrownBy(() -> run("validate"))
                .isInstanceOfSatisfying(
                        AcmeFailure.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("acme-unproven"));
        assertThat(ledger.failure).isInstanceOf(AcmeFailure.class);
        recipe.steps(INPUT).forEach(this::run);
        assertThat(ledger.lost).isEqualTo(1);
        assertThat(ledger.orders).isEqualTo(2);
        assertThat(ledger.served).isTrue();
    }

    /** As somebody could write it by hand only. */
    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "no address", "https://", "https://acme.example/\nHost: other", "$(id)"})
    void orderWithoutAnAddressIsFollowedByAnotherAndSoIsAnAccount(String address) {
        recipe.steps(INPUT).subList(0, 3).forEach(this::run);
        ledger.order = new IssuePlan.Placed(ledger.order.id(), Optional.of(address), List.of());
        run("order");
        assertThat(ledger.lost).isEqualTo(1);
        assertThat(ledger.order.url()).get().asString().startsWith("https://");

        ledger.registered(1, address, ledger.email);
        run("order");
        assertThat(ledger.plan(context("order").job()).access().account())
                .get()
                .asString()
                .startsWith("https://");
    }

    @Test
    void accountThatTheAuthorityHasForgottenIsMadeAnewInTheSameJob() {
        recipe.steps(INPUT).subList(0, 2).forEach(this::run);
        var account = ledger.access.account().orElseThrow();
        ledger.registered(1, account.substring(0, account.lastIndexOf('/') + 1) + "unheard-of", ledger.email);
        recipe.steps(INPUT).subList(2, 8).forEach(this::run);
        assertThat(ledger.access.account()).contains(account);
        assertThat(ledger.failure).isNull();
        assertThat(ledger.served).isTrue();
    }

    @Test
    void orderOfWhichTheChainIsOfStrangersTwiceIsFollowedByAnother() {
        for (var times = 0; times < 4; times++) {
            var code = times % 2 == 0 ? "acme-wrong-chain" : "acme-wrong-chain-again";
            pebble.wire()
                    .garbles(
                            "/certZ/",
                            chain -> chain.substring(0, chain.indexOf(END) + END.length()) + "\n"
                                    + Minted.root("Another").pem());
            recipe.steps(INPUT).subList(0, 5).forEach(this::run);
            assertThatThrownBy(() -> run("issue"))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo(code));
            assertThat(ledger.orders).isEqualTo(1 + times / 2);
        }
        recipe.steps(INPUT).forEach(this::run);
        assertThat(ledger.orders).isEqualTo(3);
        assertThat(ledger.served).isTrue();
    }

    @Test
    void takingBackLeavesNoAnswerToAChallenge() {
        recipe.steps(INPUT).subList(0, 4).forEach(this::run);
        assertThat(host.answers).hasSize(2);
        List.of("challenge", "order", "account", "check")
                .forEach(step -> recipe.step(step).undo(context(step)));
        assertThat(host.answers).isEmpty();
    }

    @Test
    void wildcardIsProvenByRecordsAndNoneIsLeft() throws Exception {
        try (var bind = new Bind(folder, true)) {
            useNameServers(bind);
            for (var step : recipe.steps(BY_DNS)) {
                run(step);
                // As after a crash before the step was written down.
                run(step);
                if ("everywhere".equals(step)) {
                    assertThat(bind.values(CHALLENGE)).hasSize(2);
                }
            }
            assertThat(IssuedCertificate.ofPem(host.chain).names()).containsExactlyElementsOf(WILDCARD);
            assertThat(ledger.orders).isEqualTo(1);
            assertThat(ledger.served).isTrue();
            assertThat(bind.values(CHALLENGE)).isEmpty();
        }
    }

    @Test
    void takingBackLeavesNoRecordAndTheAuthorityUnasked() throws Exception {
        try (var bind = new Bind(folder, true)) {
            useNameServers(bind);
            var before = new TxtRecord(CHALLENGE, "z".repeat(43));
            bind.records()
                    .present(
                            new RecordHolder(
                                    "another host", 0, context("record").call()),
                            1,
                            List.of(before));
            recipe.steps(BY_DNS).subList(0, 4).forEach(this::run);
            assertThat(bind.values(CHALLENGE)).hasSize(3);
            recipe.step("record").undo(context("record"));
            assertThat(bind.values(CHALLENGE)).containsExactly(before.value());
        }
    }

    @Test
    void nameThatNoRecordCanBeWrittenForIsNotOrdered() throws Exception {
        try (var bind = new Bind(folder, true)) {
            useNameServers(bind);
            input = Json.createObjectBuilder(BY_DNS)
                    .add("names", Json.createArrayBuilder(List.of("*.elsewhere.example", "other.elsewhere.example")))
                    .build();
            assertThatThrownBy(() -> run("check-dns")).isInstanceOfSatisfying(UnprovableNames.class, refused -> {
                assertThat(refused.problem().args().get(1)).isEqualTo("_acme-challenge.other.elsewhere.example");
                assertThat(refused.names()).containsExactly("other.elsewhere.example");
            });
            assertThat(ledger.orders).isZero();
        }
    }

    @Test
    void accountThatWasReplacedMeanwhileEndsTheAttemptOnly() {
        assertThatThrownBy(() -> run("order")).isInstanceOfSatisfying(AcmeFailure.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("acme-account-gone");
            assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.PASSING);
        });
        assertThat(ledger.orders).isZero();
    }

    @Test
    void numberUnderWhichTheHostHasSomethingElseIsNotTriedAgain() {
        recipe.steps(INPUT).subList(0, 5).forEach(this::run);
        host.occupied = true;
        assertThatThrownBy(() -> run("issue")).isInstanceOf(VerbFailure.class);
        assertThat(ledger.spent).isTrue();
    }

    @Test
    void addressThatHasChangedIsToldOnce() throws Exception {
        recipe.steps(INPUT).subList(0, 2).forEach(this::run);
        assertThat(contactsAfter("night@berth.example")).containsExactly("mailto:night@berth.example");
        assertThat(contactsAfter("")).isEmpty();
    }

    private List<String> contactsAfter(String email) throws Exception {
        ledger.email = email;
        ledger.emailTold = false;
        run("account");
        assertThat(ledger.emailTold).isTrue();
        var account = TrustedProvider.session(ledger.access)
                .login(URI.create(ledger.access.account().orElseThrow()).toURL(), ledger.access.key())
                .getAccount();
        return account.getContacts().stream().map(URI::toString).toList();
    }

    @Test
    void certificateThatIsThereIsOnlyInstalled() {
        var issued = Json.createObjectBuilder(INPUT).add("issued", true).build();
        assertThat(recipe.steps(issued)).containsExactly("install");
    }

    private void run(String step) {
        recipe.step(step).run(context(step));
        recipe.step(step).done(job());
    }

    private JobFacts job() {
        return new JobFacts(1, IssueRecipe.TYPE, Optional.of(7L), 5, NAMES.get(0), Actor.SYSTEM, input);
    }

    private StepContext context(String step) {
        return new StepContext(job(), new Lease(1, 1, 1), step);
    }

    private static final class NoPreflight extends Preflight {
        @Override
        Optional<Problem> require(List<String> names, String token, String content) {
            assertThat(names).isEqualTo(NAMES);
            assertThat(content).isEqualTo(token + "." + token);
            return Optional.of(Problem.of("certificate-detour", "way", "here"));
        }
    }

    /** Answers for the site, and makes its key. */
    private final class PebblesHost implements Host {

        private final List<String> answers = new ArrayList<>();
        private byte[] csr;
        private boolean occupied;
        private boolean cleaned;
        private String chain;

        @Override
        public VerbResult call(VerbCall call) {
            assertThat(call.site()).isEqualTo(7);
            if (occupied) {
                throw new VerbFailure(VerbFailure.Kind.CONFLICT, Problem.of("verb", call.verb()), "");
            }
            var result = Json.createObjectBuilder();
            switch (call.verb()) {
                case "acme-challenge" -> challenge(call);
                case "certificate-request" -> result.add("csr", csr());
                case "certificate-clean" -> cleaned = true;
                case "certificate-install" -> chain = (String) call.args().get("chain");
                default -> throw new AssertionError(call);
            }
            return new VerbResult(true, result.build(), "");
        }

        private void challenge(VerbCall call) {
            @SuppressWarnings("unchecked")
            var challenges = (List<String>) call.args().get("challenges");
            if (Boolean.TRUE.equals(call.args().get("present"))) {
                challenges.stream()
                        .filter(content -> !answers.contains(content))
                        .forEach(answers::add);
                pebble.answer(challenges.stream()
                        .map(content -> new AcmeProof("", content.substring(0, content.indexOf('.')), content))
                        .toList());
            } else {
                answers.removeIf(content -> challenges.contains(content.substring(0, content.indexOf('.'))));
            }
        }

        /** The key stays the same. */
        private String csr() {
            try {
                if (csr == null) {
                    csr = pebble.csr(IssueInput.names(input));
                }
                return "-----BEGIN CERTIFICATE REQUEST-----\n"
                        + Base64.getMimeEncoder().encodeToString(csr)
                        + "\n-----END CERTIFICATE REQUEST-----\n";
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private static final class MemoryLedger extends IssueLedger {

        private AcmeAccess access;
        private IssuePlan.Placed order;
        private Optional<String> chain = Optional.empty();
        private String email = "";
        private boolean emailTold = true;
        private int orders;
        private boolean open;
        private int lost;
        private boolean served;
        private boolean spent;
        private boolean kept;
        private boolean tried;
        private BerthException failure;

        MemoryLedger(AcmeAccess access) {
            this.access = access;
        }

        @Override
        public void tried(JobFacts job) {
            tried = true;
        }

        @Override
        public void requireTrust(JobFacts job) {
            if (kept) {
                throw AcmeFailure.lasting(Problem.of("certificate-trust-kept", 1, "CN=Root"));
            }
        }

        @Override
        public IssuePlan plan(JobFacts job) {
            return new IssuePlan(
                    1,
                    access,
                    email,
                    emailTold,
                    Optional.empty(),
                    Optional.empty(),
                    KeyType.EC_256,
                    Optional.ofNullable(order).filter(some -> open),
                    chain,
                    Optional.empty(),
                    Optional.ofNullable(failure).map(BerthException::problem));
        }

        @Override
        public void registered(long directory, String account, String told) {
            access = new AcmeAccess(access.directory(), access.roots(), access.key(), Optional.of(account));
            emailTold = told.equals(email);
        }

        @Override
        public long intend(JobFacts job) {
            orders++;
            open = true;
            order = new IssuePlan.Placed(orders, Optional.empty(), List.of());
            return orders;
        }

        @Override
        public void placed(long id, AcmeOrder made) {
            var tokens = made.proofs().stream().map(AcmeProof::token).toList();
            order = new IssuePlan.Placed(
                    id, Optional.of(made.url()), tokens.isEmpty() && order != null ? order.tokens() : tokens);
        }

        @Override
        public void lost(long id) {
            lost++;
            open = false;
        }

        @Override
        public void forgotten(long directory) {
            access = new AcmeAccess(access.directory(), access.roots(), access.key(), Optional.empty());
            open = false;
        }

        @Override
        public void wasted(long id) {
            open = false;
        }

        @Override
        public List<String> tokens(JobFacts job) {
            return order == null ? List.of() : order.tokens();
        }

        @Override
        public void issued(JobFacts job, IssuedCertificate made) {
            assertThat(made.notAfter()).isAfter(Instant.now());
            chain = Optional.of(made.pem());
            open = false;
        }

        @Override
        public void spent(JobFacts job) {
            spent = true;
        }

        @Override
        public void served(JobFacts job) {
            served = true;
        }

        @Override
        public void failed(JobFacts job, BerthException why) {
            failure = why;
        }
    }
}
