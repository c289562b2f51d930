using System.Text.Json;

namespace DataExchange.Policy.Founding;

/// <summary>There is no null in a founding file: what is absent is left out, and no list has a hole.</summary>
internal static class NullRules
{
    /// <param name="root">What was written.</param>
    /// <param name="path">Where it stands.</param>
    public static IReadOnlyList<FoundingFault> Check(JsonElement root, string path = "$")
    {
        var faults = new FoundingFaults();
        Visit(root, path, faults);
        return faults.All;
    }

    private static void Visit(JsonElement element, string path, FoundingFaults faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                faults.Add(path, "is null; leave it out instead.");
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Visit(member.Value, $"{path}.{member.Name}", faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (i, item) in element.EnumerateArray().Index())
                {
                    Visit(item, $"{path}[{i}]", faults);
                }

                break;
        }
    }
}
