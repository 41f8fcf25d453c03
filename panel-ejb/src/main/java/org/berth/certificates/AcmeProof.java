package org.berth.certificates;

/**
 * What must be found to prove that a name is the host's own: a file (HTTP-01, RFC 8555, 8.3) or a record (DNS-01, 8.4).
 *
 * @param name without the star that it may have begun with
 * @param token file name below {@code /.well-known/acme-challenge/}, empty for a record
 * @param content what the file holds: the token, a full stop, and the thumbprint of the account's key; of a record its value
 */
public record AcmeProof(String name, String token, String content) {}
