using System.Text.Json;

namespace DataExchange.Contracts.Tests;

/// <summary>The known answers under <c>contracts/vectors</c>, as they were copied beside the tests.</summary>
internal sealed class Vectors<T>(string path, Func<T, string> name)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    private readonly Dictionary<string, T> _byName =
        JsonSerializer.Deserialize<List<T>>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", path)), Options)!.ToDictionary(name);

    public TheoryData<string> Names => [.. _byName.Keys];

    public T this[string name] => _byName[name];
}
