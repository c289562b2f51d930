using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>Keeps one copy of each text while many records are read: codes, hashes and lists of fields that a million consents have in common, and a person's handle. Safe for concurrent use.</summary>
public sealed class SharedTexts
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IReadOnlyList<string>, IReadOnlyList<string>> _lists = new(new SameTexts());

    [return: NotNullIfNotNull(nameof(text))]
    public string? Of(string? text) => text is null ? null : _texts.GetOrAdd(text, text);

    public SubjectHandle Of(SubjectHandle subject) => new(Of(subject.Value));

    public IReadOnlyList<string> Of(IReadOnlyList<string> list) =>
        _lists.TryGetValue(list, out var known) ? known : _lists.GetOrAdd([.. list.Select(text => Of(text))], added => added);

    private sealed class SameTexts : IEqualityComparer<IReadOnlyList<string>>
    {
        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x is null || y is null ? x == y : x.SequenceEqual(y, StringComparer.Ordinal);

        public int GetHashCode(IReadOnlyList<string> list)
        {
            var hash = new HashCode();
            foreach (var text in list)
            {
                hash.Add(text, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
