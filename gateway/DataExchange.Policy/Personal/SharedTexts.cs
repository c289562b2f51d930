using System.Collections.Concurrent;
using System.Text;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>Keeps one copy of each text while many records are read: codes, hashes and lists of fields that a million consents have in common, and a person's handle. Safe for concurrent use.</summary>
public sealed class SharedTexts
{
    private const int MaxShort = 256;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IReadOnlyList<string>, IReadOnlyList<string>> _lists = new(new SameTexts());

    public string Of(string text) => _texts.GetOrAdd(text, text);

    public SubjectHandle Of(SubjectHandle subject) => new(Of(subject.Value));

    /// <summary>The text of these UTF-8 bytes; one that is known is made no second time.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxShort)
        {
            return Of(Encoding.UTF8.GetString(utf8));
        }

        Span<char> text = stackalloc char[MaxShort];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        return _texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known) ? known : Of(text.ToString());
    }

    /// <summary>A list that is equal to this one, which becomes that list where there was none.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> list) => _lists.GetOrAdd(list, list);

    private sealed class SameTexts : IEqualityComparer<IReadOnlyList<string>>
    {
        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x is null || y is null ? x == y : x.SequenceEqual(y, StringComparer.Ordinal);

        public int GetHashCode(IReadOnlyList<string> list)
        {
            var hash = new HashCode();
            for (var i = 0; i < list.Count; i++)
            {
                hash.Add(list[i], StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
