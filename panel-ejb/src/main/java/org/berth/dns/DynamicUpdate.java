package org.berth.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Update;

/** A name server that takes dynamic updates (RFC 2136), signed with a shared key (TSIG, RFC 8945), over TCP. */
final class DynamicUpdate implements DnsProvider {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final InetSocketAddress server;
    private final TSIG key;
    private final Zones zones;

    DynamicUpdate(InetSocketAddress server, TSIG key, Zones zones) {
        this.server = server;
        this.key = key;
        this.zones = zones;
    }

    /** Of what is stored of an access. */
    static DynamicUpdate of(ServerAddress address, String keyName, String algorithm, String secret, Zones zones) {
        return new DynamicUpdate(address.socket(), new TSIG(algorithm, keyName, secret), zones);
    }

    @Override
    public void present(TxtRecord record) {
        send(record, Update::add);
    }

    @Override
    public void remove(TxtRecord record) {
        send(record, Update::delete);
    }

    private void send(TxtRecord record, BiConsumer<Update, TXTRecord> change) {
        var where = server.getHostString();
        if (server.isUnresolved()) {
            throw DnsFailure.unreachable(where, new UnknownHostException(where));
        }
        try {
            var update = new Update(absolute(zones.of(record.name())));
            change.accept(update, new TXTRecord(absolute(record.name()), DClass.IN, TTL, record.value()));
            var resolver = new SimpleResolver(server);
            resolver.setTCP(true);
            resolver.setTimeout(ANSWERS_WITHIN);
            resolver.setTSIGKey(key);
            require(where, record, resolver.send(update));
        } catch (IOException broken) {
            throw DnsFailure.unreachable(where, broken);
        }
    }

    /** An answer that nobody signed may come from anybody. */
    private static void require(String where, TxtRecord record, Message answer) {
        if (answer.getRcode() != Rcode.NOERROR) {
            throw DnsFailure.refused(where, record.name(), Rcode.string(answer.getRcode()));
        }
        if (!answer.isVerified()) {
            throw DnsFailure.refused(where, record.name(), "the answer is not signed with the key");
        }
    }

    static Name absolute(String name) throws TextParseException {
        return Name.fromString(name, Name.root);
    }
}
