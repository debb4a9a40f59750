package io.zerospan.host.trace;

/** IP addresses as text, the way Go prints them: RFC 5952, and IPv4-mapped ones as IPv4. */
final class Addresses {
    private static final int GROUPS = 8;
    private static final int MAPPED_MARK = 0xffff;

    private Addresses() {}

    static String text(byte[] sixteen) {
        if (sixteen.length != GROUPS * 2) {
            throw new IllegalArgumentException("address of " + sixteen.length + " bytes");
        }
        int[] group = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            group[i] = (sixteen[i * 2] & 0xff) << 8 | sixteen[i * 2 + 1] & 0xff;
        }
        int zeros = zerosFrom(group, 0);
        if (zeros == 5 && group[5] == MAPPED_MARK) {
            return (group[6] >> 8) + "." + (group[6] & 0xff) + "." + (group[7] >> 8) + "." + (group[7] & 0xff);
        }
        int gap = longestZeros(group);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += zerosFrom(group, gap) - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group[i]));
        }
        return text.toString();
    }

    /** Where the first longest run of zeros begins; −1 if none is longer than one group. */
    private static int longestZeros(int[] group) {
        int longest = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(group, i);
            if (zeros > length) {
                longest = i;
                length = zeros;
            }
        }
        return longest;
    }

    private static int zerosFrom(int[] group, int from) {
        int at = from;
        while (at < GROUPS && group[at] == 0) {
            at++;
        }
        return at - from;
    }
}
