using System.Globalization;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>
/// Which of the logs that had this name one after the other. The first has the plain name; every adoption begins the next, under an
/// origin and a key of its own, and no key of an earlier one is opened again.
/// </summary>
/// <param name="Name">One of <see cref="LogNames"/>.</param>
/// <param name="Number">1 for the first.</param>
public sealed record LogGeneration(string Name, int Number)
{
    /// <summary>The last part of its origin: <c>access</c>, then <c>access-2</c>.</summary>
    public string Label => Number == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{Number}");

    /// <summary>The name of its key file.</summary>
    public string KeyFile => $"{Label}.key";

    public LogGeneration Next => this with { Number = Number + 1 };

    public string Origin(string region) => $"{region}/{Label}";

    /// <summary>The one that is written now: the one after the last that was retired.</summary>
    internal static LogGeneration Current(string name, IEnumerable<RetiredLog> retired) =>
        new(name, 1 + retired.Where(one => one.Log == name).Select(one => one.Generation).DefaultIfEmpty().Max());
}
