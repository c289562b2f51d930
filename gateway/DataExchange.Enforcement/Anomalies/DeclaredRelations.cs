using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Anomalies;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>Relations out of a file that the departments keep: officials declare whom they may not look up.</summary>
internal sealed class DeclaredRelations : IRelations
{
    private readonly FrozenDictionary<(Official, SubjectRef), Relation> _relations;

    /// <exception cref="OptionsValidationException">The file cannot be read, or contradicts itself. The message names no person.</exception>
    public DeclaredRelations(IOptions<AnomalyOptions> options)
    {
        var file = options.Value.RelationsFile;
        IsConfigured = !string.IsNullOrWhiteSpace(file);
        _relations = IsConfigured ? Read(file) : FrozenDictionary<(Official, SubjectRef), Relation>.Empty;
    }

    public bool IsConfigured { get; }

    public Relation Find(Official official, SubjectRef subject) =>
        !IsConfigured ? Relation.Unknown : _relations.GetValueOrDefault((official, subject), Relation.None);

    private static FrozenDictionary<(Official, SubjectRef), Relation> Read(string file)
    {
        try
        {
            var declared = JsonSerializer.Deserialize(File.ReadAllBytes(file), RelationsJsonContext.Default.IReadOnlyListDeclaredRelation) ?? throw new JsonException("The file is empty.");
            if (declared.Any(relation => relation.Relation is Relation.Unknown or Relation.None || relation.Subject is null))
            {
                throw new JsonException("Each relation is Self, Household or Colleague, and names a subject.");
            }

            return declared.ToFrozenDictionary(relation => (new Official(relation.Client, relation.User), relation.Subject), relation => relation.Relation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            // The message of a repeated key would name the person, and exceptions are logged.
            var cause = exception is ArgumentException ? "an official and a person stand there twice." : exception.Message;
            throw new OptionsValidationException(
                AnomalyOptions.Section, typeof(AnomalyOptions), [$"Anomalies:RelationsFile '{file}' cannot be used: {cause} Mend the file, or leave the setting out."]);
        }
    }
}

/// <summary>One line of the file.</summary>
internal sealed record DeclaredRelation(string Client, string User, Relation Relation, SubjectRef Subject);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(IReadOnlyList<DeclaredRelation>))]
internal sealed partial class RelationsJsonContext : JsonSerializerContext;
