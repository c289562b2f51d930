using System.Globalization;

namespace DataExchange.Cli.Fsck;

/// <summary>Collects findings: the first few of each kind and place, and how many more there were.</summary>
internal sealed class Findings
{
    private const int MaxOfAKind = 10;

    private readonly List<Finding> _found = [];
    private readonly Dictionary<(string Code, string File), int> _counts = [];

    /// <summary>An error; <paramref name="remedy"/> is one of <see cref="Remedy"/>.</summary>
    /// <param name="code">One of <see cref="FsckCode"/>.</param>
    /// <param name="file">File or table.</param>
    /// <param name="row">Which row; null for the whole.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public void Error(string code, string file, string? row, string detail, string remedy) => Add(Severity.Error, code, file, row, detail, remedy);

    /// <summary>A warning.</summary>
    /// <inheritdoc cref="Error"/>
    public void Warning(string code, string file, string? row, string detail, string remedy) => Add(Severity.Warning, code, file, row, detail, remedy);

    public IReadOnlyList<Finding> ToList() =>
    [
        .. _found,
        .. _counts.Where(count => count.Value > MaxOfAKind).Select(count => new Finding(
            count.Key.Code,
            _found.First(finding => finding.Code == count.Key.Code).Severity,
            count.Key.File,
            string.Create(CultureInfo.InvariantCulture, $"{count.Value - MaxOfAKind:N0} more of these."),
            "See the first ones.")),
    ];

    private void Add(Severity severity, string code, string file, string? row, string detail, string remedy)
    {
        var count = _counts.GetValueOrDefault((code, file)) + 1;
        _counts[(code, file)] = count;
        if (count <= MaxOfAKind)
        {
            _found.Add(new Finding(code, severity, row is null ? file : $"{file}, {row}", detail, remedy));
        }
    }
}
