using System.Globalization;

namespace DataExchange.DemoRegion.Stores;

/// <summary>Columns and rows of a register. Values are text, whole numbers, decimals or null; dates are text.</summary>
internal sealed record Table(string Name, IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows)
{
    /// <summary>A date as every register here writes it: <c>yyyy-MM-dd</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Date(DateOnly? date) => date is { } day ? Date(day) : null;
}
