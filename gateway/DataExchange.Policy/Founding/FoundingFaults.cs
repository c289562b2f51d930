using DataExchange.Policy.Model;

namespace DataExchange.Policy.Founding;

/// <summary>Collects faults; every check goes on after one.</summary>
internal sealed class FoundingFaults
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 2_000;

    private readonly List<FoundingFault> _all = [];

    public IReadOnlyList<FoundingFault> All => _all;

    public void Add(string path, string message) => _all.Add(new FoundingFault(path, message));

    public void Require(bool holds, string path, string message)
    {
        if (!holds)
        {
            Add(path, message);
        }
    }

    /// <summary>Lower-case letters, digits and single hyphens, 2 to 63 characters.</summary>
    public void RequireCode(string value, string path) =>
        Require(Codes.IsCode(value), path, $"'{value}' is not a code; use 2 to 63 lower-case letters, digits and hyphens.");

    public void RequireText(string? value, string path) => Require(!string.IsNullOrWhiteSpace(value), path, "is empty; write what it is.");

    /// <summary>A reason that stands in the log for ever.</summary>
    public void RequireReason(string? value, string path) =>
        Require(!string.IsNullOrWhiteSpace(value) && value.Length <= MaxReasonLength, path, $"is empty or too long; say why, in 1 to {MaxReasonLength} characters and without personal data.");

    public void RequireNames(LocalizedText names, string path)
    {
        Require(names.ContainsKey("zh") && names.ContainsKey("en"), path, "needs a text in 'zh' and one in 'en'.");
        foreach (var (language, text) in names)
        {
            RequireText(text, $"{path}.{language}");
        }
    }

    public void RequireUnique(IEnumerable<string> values, string path)
    {
        foreach (var twice in values.GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add(path, $"'{twice.Key}' stands there twice; each may stand once.");
        }
    }
}
