package org.berth.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.berth.fixture.Wire;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What lies between the panel and its name server. It holds a message where it is, before or after the name server has seen
 * it. A message is called by what it wants: {@code TXT name} asks, {@code ADD name} and {@code DELETE name} change.
 */
final class NameWire implements AutoCloseable {

    private static final int LONGEST = 65_535;

    private final InetSocketAddress server;
    private final DatagramSocket datagrams;
    private final ServerSocket connections = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Wire.Stop> stops = new CopyOnWriteArrayList<>();

    /**
     * Opens it.
     *
     * @param here where the panel asks
     * @param server which knows the answers
     */
    NameWire(InetSocketAddress here, InetSocketAddress server) throws IOException {
        this.server = server;
        datagrams = new DatagramSocket(here);
        connections.bind(here);
        begin(this::receive);
        begin(this::accept);
    }

    /** The next message that begins so is held before the name server gets it. */
    Wire.Stop holdsBefore(String want) {
        return hold(new Wire.Stop(want, true));
    }

    /** The next message that begins so is held when the name server has done it and answers. */
    Wire.Stop holdsAfter(String want) {
        return hold(new Wire.Stop(want, false));
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
        datagrams.close();
        threads.shutdownNow();
    }

    private Wire.Stop hold(Wire.Stop stop) {
        stops.add(stop);
        return stop;
    }

    /** What is done on a thread of its own, until it is closed or the other side has left. */
    private interface Work {
        void go() throws IOException;
    }

    private void begin(Work work) {
        threads.execute(() -> {
            try {
                work.go();
            } catch (SocketException | EOFException over) {
                // Nobody waits for it any more.
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    private void receive() throws IOException {
        while (true) {
            var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            datagrams.receive(packet);
            begin(() -> {
                var answer = pass(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer.isPresent()) {
                    datagrams.send(new DatagramPacket(answer.get(), answer.get().length, packet.getSocketAddress()));
                }
            });
        }
    }

    private void accept() throws IOException {
        while (true) {
            var connection = connections.accept();
            begin(() -> listen(connection));
        }
    }

    /** The panel sends what several jobs want over one connection, and takes answers in any order. */
    private void listen(Socket connection) throws IOException {
        try (connection) {
            while (true) {
                var message = read(connection);
                begin(() -> {
                    var answer = pass(message);
                    if (answer.isPresent()) {
                        synchronized (connection) {
                            write(connection, answer.get());
                        }
                    }
                });
            }
        }
    }

    /** The answer, unless it or the message is lost. */
    private Optional<byte[]> pass(byte[] message) throws IOException {
        var stop = Wire.taken(stops, want(new Message(message)));
        if (stop.filter(held -> !held.passes(true)).isPresent()) {
            return Optional.empty();
        }
        try (var connection = new Socket(server.getAddress(), server.getPort())) {
            write(connection, message);
            return Optional.of(read(connection))
                    .filter(answer -> stop.filter(held -> !held.passes(false)).isEmpty());
        }
    }

    private static String want(Message message) {
        if (message.getHeader().getOpcode() == Opcode.UPDATE) {
            var change = message.getSection(Section.UPDATE).get(0);
            return (change.getDClass() == DClass.NONE ? "DELETE " : "ADD ") + change.getName();
        }
        return Type.string(message.getQuestion().getType()) + " "
                + message.getQuestion().getName();
    }

    /** Over TCP each message has its length before it (RFC 1035, 4.2.2). */
    private static byte[] read(Socket connection) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        var message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    private static void write(Socket connection, byte[] message) throws IOException {
        var out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
    }
}
