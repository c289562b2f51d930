using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Adapters.Sql;

/// <summary>
/// The name of a table, view or column, of one part or of several with dots between (<c>schema.table</c>). It is always quoted by the
/// dialect, so it may be any word of any language; what cannot be quoted safely everywhere is refused.
/// </summary>
public sealed record SqlName
{
    /// <summary>What a name has to look like.</summary>
    public const string Form = "Use a name of at most 63 bytes a part, without quotes, brackets, backslashes, line breaks or other control characters.";

    private SqlName(IReadOnlyList<string> parts) => Parts = parts;

    /// <summary>Outermost first.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Reads a name of up to so many parts.</summary>
    public static bool TryParse(string text, int mostParts, [NotNullWhen(true)] out SqlName? name)
    {
        var parts = text.Split('.');
        name = parts.Length <= mostParts && parts.All(IsPart) ? new SqlName(parts) : null;
        return name is not null;
    }

    /// <summary>Reads a name written in code.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static SqlName Parse(string text, int mostParts) =>
        TryParse(text, mostParts, out var name) ? name : throw new ArgumentException($"'{text}' is no name. {Form}", nameof(text));

    /// <summary>The parts with dots between, unquoted.</summary>
    public override string ToString() => string.Join('.', Parts);

    // 63 bytes is PostgreSQL's limit, the shortest of all; it cuts longer names off without a word.
    private static bool IsPart(string part) =>
        part.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(part) <= 63 && !part.Any(c => char.IsControl(c) || "\"'`[]\\;".Contains(c, StringComparison.Ordinal));
}
