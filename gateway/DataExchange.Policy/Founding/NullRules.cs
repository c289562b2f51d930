using System.Text.Json;

namespace DataExchange.Policy.Founding;

/// <summary>There is no null in a founding file: what is absent is left out, and no list has a hole.</summary>
internal static class NullRules
{
    public static IReadOnlyList<FoundingFault> Check(JsonElement root)
    {
        var faults = new FoundingFaults();
        Visit(root, "$", faults);
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
