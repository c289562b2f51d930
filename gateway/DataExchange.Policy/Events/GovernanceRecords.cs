using System.Collections.Frozen;
using System.Text.Json;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Events;

/// <summary>Events to and from the records that stand in, or sealed beside, the leaves of the governance log. Canonical JSON (RFC 8785).</summary>
public static class GovernanceRecords
{
    private static readonly FrozenDictionary<string, EventKind> Kinds =
        OpenKinds.All.Concat(PersonalRegisters.All.SelectMany(register => register.EventKinds)).ToFrozenDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>The canonical record of an event.</summary>
    public static byte[] Write(GovernanceEvent @event) => Kinds.TryGetValue(@event.Kind, out var kind)
        ? kind.Write(@event)
        : throw new InvalidOperationException($"{@event.GetType().Name} has no record.");

    /// <summary>Reads an event back.</summary>
    /// <exception cref="FormatException">The kind is unknown, or the record is not one of that kind.</exception>
    /// <param name="kind">The leaf's kind.</param>
    /// <param name="record">The record.</param>
    /// <param name="subject">Whose entry it is, where it was sealed; its record does not say.</param>
    public static GovernanceEvent Read(string kind, ReadOnlySpan<byte> record, SubjectHandle subject = default)
    {
        if (!Kinds.TryGetValue(kind, out var known))
        {
            throw new FormatException($"The governance log holds an entry of the unknown kind '{kind}'.");
        }

        try
        {
            return known.Read(record, subject);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The governance log holds an entry of the kind '{kind}' whose record cannot be read.", exception);
        }
    }

    /// <summary>The record of <c>witness.appointed</c>, which is also its register row.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static WitnessAppointment ReadWitnesses(ReadOnlySpan<byte> record) =>
        JsonSerializer.Deserialize(record, PolicyJsonContext.Default.WitnessAppointment) ?? throw new JsonException("The record is null.");
}
