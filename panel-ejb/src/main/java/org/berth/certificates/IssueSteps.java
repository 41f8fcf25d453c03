package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.dns.ChallengeRecords;
import org.berth.dns.DnsBusy;
import org.berth.dns.RecordHolder;
import org.berth.dns.TxtRecord;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbFailure;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.StepContext;
import org.berth.platform.Conflict;
import org.berth.platform.HostFailure;
import org.berth.platform.HostIdentity;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;

/**
 * The steps of an issuance: what is asked of the host and of the authority, and what is written down between the two. The
 * key of the site stays on the host, which makes it; the panel sees the request and the certificate only.
 */
@Dependent
class IssueSteps {

    private static final int HTTPS = 443;

    private static final String WRONG_CHAIN = "acme-wrong-chain";

    private static final VerbResult NOTHING = new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "");

    private static final VerbResult CHANGED = new VerbResult(true, JsonObject.EMPTY_JSON_OBJECT, "");

    private final Host host;
    private final IssueLedger ledger;
    private final Preflight preflight;
    private final ChallengeRecords records;
    private final HostIdentity panel;
    /** Before records are written by an access that others needed all the while. */
    private static final Duration UNTIL_ITS_TURN = Duration.ofMinutes(5);

    private final Clock clock;

    @Inject
    IssueSteps(
            Host host,
            IssueLedger ledger,
            Preflight preflight,
            ChallengeRecords records,
            HostIdentity panel,
            Clock clock) {
        this.host = host;
        this.ledger = ledger;
        this.preflight = preflight;
        this.records = records;
        this.panel = panel;
        this.clock = clock;
    }

    /** Whether every name leads here. */
    VerbResult check(StepContext context) {
        var input = context.job().input();
        present(context, List.of(IssueInput.content(input)));
        var detour = preflight.require(IssueInput.names(input), IssueInput.token(input), IssueInput.content(input));
        var done = uncheck(context);
        return detour.map(notice ->
                        new VerbResult(done.changed(), done.result(), (done.log() + "\n" + told(notice)).strip()))
                .orElse(done);
    }

    /** A step's log is for every reader, and English, as what verbs and authorities say is. */
    private static String told(Problem notice) {
        var text = ProblemText.of(notice, Locale.ENGLISH);
        return String.join(" ", text.what(), text.why(), text.todo());
    }

    /** What comes back through every name and what visitors get, without an order. */
    VerbResult look(StepContext context) {
        var input = context.job().input();
        var names = IssueInput.names(input);
        present(context, List.of(IssueInput.content(input)));
        var answers = preflight.answers(names, IssueInput.token(input), IssueInput.content(input));
        var port = context.job().site() == Holder.PANEL ? panel.port() : HTTPS;
        ledger.looked(context.job(), CheckReport.write(answers, Handshake.with(names.get(0), port)));
        return uncheck(context);
    }

    VerbResult uncheck(StepContext context) {
        return absent(context, List.of(IssueInput.token(context.job().input())));
    }

    /** Whether records can be written for every name. */
    VerbResult checkDns(StepContext context) {
        var input = context.job().input();
        var names = IssueInput.names(input);
        try {
            records.require(RecordHolder.of(context), IssueInput.dnsAccess(input), names);
            return NOTHING;
        } catch (Conflict refused) {
            var unprovable =
                    names.stream().filter(name -> !isProvable(context, name)).toList();
            throw new UnprovableNames(unprovable, refused.problem());
        }
    }

    private boolean isProvable(StepContext context, String name) {
        try {
            records.require(
                    RecordHolder.of(context), IssueInput.dnsAccess(context.job().input()), List.of(name));
            return true;
        } catch (Conflict | HostFailure refused) {
            return false;
        }
    }

    /** Registers the account, the first time, and tells the authority where it may write to, if that has changed. */
    VerbResult account(StepContext context) {
        var plan = ledger.plan(context.job());
        if (plan.access().account().isEmpty()) {
            var account = AcmeClient.register(plan.access(), plan.email(), plan.external());
            ledger.registered(plan.directory(), account, plan.email());
        } else if (!plan.emailTold()) {
            return tellEmail(context.job(), plan);
        }
        return NOTHING;
    }

    /** An address that the authority does not take keeps nobody from a certificate. */
    private VerbResult tellEmail(JobFacts job, IssuePlan plan) {
        try {
            client(plan, job).writesTo(plan.email());
            ledger.registered(plan.directory(), plan.access().account().orElseThrow(), plan.email());
            return NOTHING;
        } catch (AcmeFailure refused) {
            var why = refused.problem().args().stream().map(String::valueOf).collect(Collectors.joining(", "));
            return new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "The e-mail address was not taken: " + why);
        }
    }

    /** Makes an order, unless there is one that can still be used; by a new account where the authority has lost the other. */
    VerbResult order(StepContext context) {
        try {
            return placed(context);
        } catch (AcmeFailure refused) {
            if (refused.kind() != AcmeFailure.Kind.ACCOUNT_LOST) {
                throw refused;
            }
            ledger.forgotten(ledger.plan(context.job()).directory());
            account(context);
            return placed(context);
        }
    }

    private VerbResult placed(StepContext context) {
        var job = context.job();
        var plan = ledger.plan(job);
        var client = client(plan, job);
        var names = IssueInput.names(job.input());
        var known = plan.order().flatMap(order -> stillOpen(client, names, order));
        if (known.isPresent()) {
            ledger.placed(plan.order().orElseThrow().id(), known.get());
        } else {
            var id = plan.order()
                    .filter(order -> order.url().isEmpty())
                    .map(IssuePlan.Placed::id)
                    .orElseGet(() -> ledger.intend(job));
            var replaced =
                    plan.replaced().map(chain -> IssuedCertificate.ofPem(chain).leaf());
            ledger.placed(id, client.order(names, plan.profile(), replaced));
        }
        return NOTHING;
    }

    /** Has the host answer what the authority will ask. */
    VerbResult challenge(StepContext context) {
        var plan = ledger.plan(context.job());
        var proofs = client(plan, context.job()).look(plan.orderUrl()).proofs();
        return proofs.isEmpty()
                ? NOTHING
                : present(context, proofs.stream().map(AcmeProof::content).toList());
    }

    /** Has the name servers answer what the authority will ask. */
    VerbResult record(StepContext context) {
        var job = context.job();
        var plan = ledger.plan(job);
        var proofs = client(plan, job).look(plan.orderUrl()).proofs().stream()
                .map(proof -> new TxtRecord(TxtRecord.challengeOf(proof.name()), proof.content()))
                .toList();
        try {
            records.present(RecordHolder.of(context), IssueInput.dnsAccess(job.input()), proofs);
        } catch (DnsBusy busy) {
            throw AcmeFailure.postponed(busy.problem(), clock.instant().plus(UNTIL_ITS_TURN));
        }
        return CHANGED;
    }

    /** All of them: the authority asks any. */
    VerbResult everywhere(StepContext context) {
        records.awaitEverywhere(RecordHolder.of(context));
        return NOTHING;
    }

    /** A name server that is down does not keep a certificate from visitors: the clock removes the rest. */
    VerbResult unrecord(StepContext context) {
        var left = records.remove(RecordHolder.of(context));
        return left.isEmpty()
                ? CHANGED
                : new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "Removed later: " + String.join("; ", left));
    }

    VerbResult validate(StepContext context) {
        var plan = ledger.plan(context.job());
        client(plan, context.job()).validate(plan.orderUrl());
        return NOTHING;
    }

    /** Has the host make the key and the authority the certificate. */
    VerbResult issue(StepContext context) {
        var job = context.job();
        var plan = ledger.plan(job);
        if (plan.chain().isPresent()) {
            // As after a crash before this step was written down: its order is done.
            return IssueInput.isDryRun(job.input())
                    ? tried(NOTHING, plan.chain().get())
                    : NOTHING;
        }
        var names = IssueInput.names(job.input());
        var args = new HashMap<String, Object>();
        args.put("certificate", IssueInput.number(job.input()));
        args.put("keyType", plan.keyType().text());
        if (job.site() != Holder.PANEL) {
            // Its own name the host knows better.
            args.put("names", names);
        }
        var answer = request(context, args);
        var sent = client(plan, job).issue(plan.orderUrl(), der(answer.result().getString("csr")));
        var made = sent.inOrder(names, clock.instant());
        if (!made.covers(names)) {
            throw AcmeFailure.lasting(Problem.of("acme-other-names", String.join(", ", made.names())));
        }
        if (sent.isAmongStrangers(names, clock.instant())) {
            throw wrongChain(plan, IssueInput.isDryRun(job.input()));
        }
        ledger.issued(job, made);
        return IssueInput.isDryRun(job.input()) ? tried(answer, made.pem()) : answer;
    }

    /** Says what a dry run was for. */
    private static VerbResult tried(VerbResult answer, String chain) {
        var made = IssuedCertificate.ofPem(chain);
        var trust = CertificateTrust.doubt(made)
                .map(doubt -> ProblemText.of(doubt, Locale.ENGLISH))
                .map(doubt -> doubt.what() + " " + doubt.why())
                .orElse("Browsers trust it.");
        var log = answer.log() + "\nIssued by " + made.issuer() + "; visitors keep what they have. " + trust;
        return new VerbResult(answer.changed(), answer.result(), log.strip());
    }

    /** Nobody goes on with what was only tried, so its key is of no use. */
    VerbResult forget(StepContext context) {
        return change(context, "certificate-clean", Map.of());
    }

    /** An authority may have sent it by mistake; one that has stored it sends the same until another one is ordered. */
    private AcmeFailure wrongChain(IssuePlan plan, boolean isLast) {
        var host = plan.access().directory().getHost();
        if (!isLast
                && plan.problem()
                        .filter(before -> before.code().equals(WRONG_CHAIN))
                        .isEmpty()) {
            return AcmeFailure.passing(Problem.of(WRONG_CHAIN, host));
        }
        ledger.wasted(plan.order().orElseThrow().id());
        // Told in other words, so that the next order is asked for twice, too.
        return AcmeFailure.passing(Problem.of("acme-wrong-chain-again", host));
    }

    private VerbResult request(StepContext context, Map<String, ?> args) {
        try {
            return change(context, "certificate-request", args);
        } catch (VerbFailure refused) {
            if (refused.kind() == VerbFailure.Kind.CONFLICT) {
                ledger.spent(context.job());
            }
            throw refused;
        }
    }

    /** The host answers no challenge any more. */
    VerbResult clean(StepContext context) {
        var tokens = ledger.tokens(context.job());
        return tokens.isEmpty() ? NOTHING : absent(context, tokens);
    }

    /** Has visitors get it. */
    VerbResult install(StepContext context) {
        var job = context.job();
        var chain = ledger.plan(job).chain().orElseThrow();
        ledger.requireTrust(job);
        try {
            return change(
                    context,
                    "certificate-install",
                    Map.of("certificate", IssueInput.number(job.input()), "chain", chain));
        } catch (VerbFailure refused) {
            // Its chain, its names or its key: another attempt with the same would end the same.
            if (refused.kind() == VerbFailure.Kind.BAD_INPUT || refused.kind() == VerbFailure.Kind.NOT_FOUND) {
                ledger.uninstallable(job);
            }
            throw refused;
        }
    }

    /** After the account was registered; but an authority may forget it, and an administrator choose another one. */
    private AcmeClient client(IssuePlan plan, JobFacts job) {
        if (plan.access().account().isEmpty()) {
            throw AcmeFailure.passing(
                    Problem.of("acme-account-gone", plan.access().directory().getHost()));
        }
        return AcmeClient.of(plan.access(), IssueInput.challenge(job.input()), clock);
    }

    /** The order as it stands now, if it is of use. */
    private Optional<AcmeOrder> stillOpen(AcmeClient client, List<String> names, IssuePlan.Placed order) {
        if (order.url().isEmpty()) {
            return client.openOrder(names);
        }
        var found = Optional.of(client.look(order.url().get())).filter(now -> now.state() != AcmeOrder.State.INVALID);
        if (found.isEmpty()) {
            ledger.lost(order.id());
        }
        return found;
    }

    private VerbResult present(StepContext context, List<String> contents) {
        return change(context, "acme-challenge", Map.of("present", true, "challenges", contents));
    }

    private VerbResult absent(StepContext context, List<String> tokens) {
        return change(context, "acme-challenge", Map.of("present", false, "challenges", tokens));
    }

    private VerbResult change(StepContext context, String verb, Map<String, ?> args) {
        return host.call(VerbCall.change(verb, context.job().site(), context.call(), args));
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
