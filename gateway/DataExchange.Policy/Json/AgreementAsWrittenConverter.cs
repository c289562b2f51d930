using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Json;

/// <summary>
/// Keeps an agreement as its parties wrote it. They signed those words: a time written <c>Z</c> and not <c>+00:00</c>, a <c>false</c>
/// that could have been left out. The log holds the same words, so that a stranger can verify the signatures from the leaf alone.
/// </summary>
internal sealed class AgreementAsWrittenConverter : JsonConverter<SharingAgreement>
{
    public override SharingAgreement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonElement.ParseValue(ref reader);
        try
        {
            var agreement = written.Deserialize(PolicyJsonContext.Default.SharingAgreement) ?? throw new JsonException("The agreement is null.");
            agreement.KeepAsWritten(written);
            return agreement;
        }
        catch (JsonException exception)
        {
            // Without a path of its own, the serializer adds the one that leads here.
            throw new JsonException($"At {exception.Path} of the agreement: {exception.Message}", exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, SharingAgreement value, JsonSerializerOptions options)
    {
        if (value.AsWritten is { } written)
        {
            written.WriteTo(writer);
        }
        else
        {
            JsonSerializer.Serialize(writer, value, PolicyJsonContext.Default.SharingAgreement);
        }
    }
}
