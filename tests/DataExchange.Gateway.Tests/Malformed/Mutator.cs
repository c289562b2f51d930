namespace DataExchange.Gateway.Tests.Malformed;

/// <summary>Breaks requests in a reproducible way: the same seed breaks them alike.</summary>
internal sealed class Mutator(ulong seed)
{
    private static readonly string[] Tokens =
    [
        "", "null", "true", "-1", "1e999", "\"", "{", "}", "[", "]", ",", ":", "\0", "\\u0000", "\\ud800", "\ud83d\ude00", "*", "..", "%2f", "//", "'", "\"; DROP TABLE", "{\"$ref\":1}",
        "9999999999999999999999", "\r\n", "\t", "名", "<script>", "${jndi:ldap://x}", "{{7*7}}", "../../etc/passwd", "\ufeff",
    ];

    private ulong _state = seed;

    public int Next(int below) => (int)(NextBits() % (ulong)below);

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    /// <summary>One to four changes: a token put in, a stretch cut out, repeated, or exchanged.</summary>
    public string Break(string text)
    {
        for (var changes = 1 + Next(4); changes > 0; changes--)
        {
            var at = Next(text.Length + 1);
            var length = Math.Min(Next(12), text.Length - at);
            text = Next(4) switch
            {
                0 => text.Insert(at, Pick(Tokens)),
                1 => text.Remove(at, length),
                2 => text.Insert(at, text.Substring(at, length)),
                _ => text[..at] + Pick(Tokens) + text[(at + length)..],
            };
        }

        return text;
    }

    // SplitMix64.
    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
