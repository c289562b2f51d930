using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Json;

/// <summary>Generated JSON for the documents that stand in the founding file and in the governance log: camelCase, unknown and repeated members refused, absent members left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(InstantConverter)],
    MaxDepth = 32)]
[JsonSerializable(typeof(FoundingDocument))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Purpose))]
[JsonSerializable(typeof(Dataset))]
[JsonSerializable(typeof(ConsentNotice))]
[JsonSerializable(typeof(SharingAgreement))]
[JsonSerializable(typeof(SignedAgreement))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(MandateRecord))]
[JsonSerializable(typeof(WitnessAppointment))]
[JsonSerializable(typeof(RegionFoundedRecord))]
[JsonSerializable(typeof(AgreementSuspendedRecord))]
[JsonSerializable(typeof(ErasureOrderedRecord))]
[JsonSerializable(typeof(LogAdoptedRecord))]
[JsonSerializable(typeof(ExchangeRequest))]
[JsonSerializable(typeof(AnomalyRuleSet))]
[JsonSerializable(typeof(Scorecard))]
[JsonSerializable(typeof(AnomalyFinding))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
