using System.Collections.Frozen;

namespace DataExchange.Policy.Model;

/// <summary>Obligations on the receiver that the gateway understands.</summary>
public static class Obligations
{
    public static readonly FrozenSet<string> Known = new[] { "delete-after-use", "no-onward-transfer" }.ToFrozenSet(StringComparer.Ordinal);
}
