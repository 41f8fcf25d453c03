package org.berth.dns;

import com.google.common.net.InetAddresses;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Asks name servers: the host's own where a name leads and who is responsible for it, and those then directly whether they
 * have a record. An authority's servers ask any of them, so each has to have it.
 */
@ApplicationScoped
class NameServers {

    private static final int PORT = 53;
    private static final int LONGEST_CHAIN = 8;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final Supplier<Resolver> resolvers;
    private final UnaryOperator<InetSocketAddress> way;

    NameServers() {
        this(NameServers::ofTheHost, address -> address);
    }

    /**
     * Asks nobody yet.
     *
     * @param resolver that finds every name
     * @param way where a server is reached that has this address
     */
    NameServers(Resolver resolver, UnaryOperator<InetSocketAddress> way) {
        this(() -> resolver, way);
    }

    private NameServers(Supplier<Resolver> resolvers, UnaryOperator<InetSocketAddress> way) {
        this.resolvers = resolvers;
        this.way = way;
    }

    private Resolver resolver() {
        var resolver = resolvers.get();
        resolver.setTimeout(ANSWERS_WITHIN);
        return resolver;
    }

    /** As they are now: the host may ask others than when the panel was started. */
    private static Resolver ofTheHost() {
        ResolverConfig.refresh();
        return new ExtendedResolver();
    }

    /** The threads of the library end with the panel. */
    @PreDestroy
    void close() {
        NioClient.close();
    }

    /**
     * Where a name leads by CNAME; itself when it leads nowhere else.
     *
     * @throws Conflict when it leads in a circle
     */
    String target(String name) {
        var current = name;
        for (var step = 0; step < LONGEST_CHAIN; step++) {
            var next = answers(ask(current, Type.CNAME), CNAMERecord.class)
                    .map(CNAMERecord::getTarget)
                    .findFirst();
            if (next.isEmpty()) {
                return current;
            }
            current = text(next.get());
        }
        throw new Conflict(Problem.of("dns-circle", name));
    }

    /**
     * What stands against asking an authority for a record now.
     *
     * @return for each responsible server that does not have it what it does instead; empty when all have it
     */
    List<String> missing(TxtRecord record) {
        return responsible(record.name()).stream()
                .flatMap(server -> fault(server, record).stream())
                .toList();
    }

    /**
     * The servers that are responsible for a name.
     *
     * @throws DnsFailure when none are found
     */
    List<String> responsible(String name) {
        var zone = zone(name);
        var servers = zone.stream()
                .flatMap(apex -> answers(ask(apex, Type.NS), NSRecord.class))
                .map(record -> text(record.getTarget()))
                .distinct()
                .sorted()
                .toList();
        if (servers.isEmpty()) {
            throw new DnsFailure(Problem.of("dns-no-servers", name));
        }
        return servers;
    }

    /** The zone that holds a name: whatever is asked of it, the answer has the beginning of its zone. */
    private Optional<String> zone(String name) {
        for (var asked = name; asked.indexOf('.') > 0; asked = asked.substring(asked.indexOf('.') + 1)) {
            var answer = ask(asked, Type.SOA);
            var apex = Stream.of(Section.ANSWER, Section.AUTHORITY)
                    .flatMap(section -> answer.getSection(section).stream())
                    .filter(SOARecord.class::isInstance)
                    .map(record -> text(record.getName()))
                    .filter(found -> !found.isEmpty())
                    .findFirst();
            if (apex.isPresent()) {
                return apex;
            }
        }
        return Optional.empty();
    }

    /** Some of a server's addresses cannot be reached from everywhere; but none may tell anything else. */
    private Optional<String> fault(String server, TxtRecord record) {
        var silent = new ArrayList<String>();
        var answered = false;
        for (var address : addresses(server)) {
            var shown = server + " (" + InetAddresses.toAddrString(address) + ")";
            try {
                if (!has(address, record)) {
                    return Optional.of(shown);
                }
                answered = true;
            } catch (IOException unreachable) {
                silent.add(shown + ": " + unreachable.getMessage());
            }
        }
        return answered ? Optional.empty() : Optional.of(silent.isEmpty() ? server : String.join(", ", silent));
    }

    private boolean has(InetAddress address, TxtRecord record) throws IOException {
        var direct = new SimpleResolver(way.apply(new InetSocketAddress(address, PORT)));
        direct.setTimeout(ANSWERS_WITHIN);
        var query = query(record.name(), Type.TXT);
        query.getHeader().unsetFlag(Flags.RD);
        return answers(direct.send(query), TXTRecord.class)
                .anyMatch(found -> String.join("", found.getStrings()).equals(record.value()));
    }

    private List<InetAddress> addresses(String server) {
        var addresses = new LinkedHashSet<InetAddress>();
        answers(ask(server, Type.A), ARecord.class).map(ARecord::getAddress).forEach(addresses::add);
        answers(ask(server, Type.AAAA), AAAARecord.class)
                .map(AAAARecord::getAddress)
                .forEach(addresses::add);
        return List.copyOf(addresses);
    }

    private Message ask(String name, int type) {
        try {
            return resolver().send(query(name, type));
        } catch (IOException silent) {
            throw DnsFailure.unreachable(name, silent);
        }
    }

    private static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(DynamicUpdate.absolute(name), type, DClass.IN));
    }

    private static <T extends Record> Stream<T> answers(Message message, Class<T> type) {
        return message.getSection(Section.ANSWER).stream()
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
