using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
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
[JsonSerializable(typeof(WitnessAppointment))]
[JsonSerializable(typeof(RegionFoundedRecord))]
[JsonSerializable(typeof(AgreementDraftedRecord))]
[JsonSerializable(typeof(AgreementSupplementedRecord))]
[JsonSerializable(typeof(AgreementRequested))]
[JsonSerializable(typeof(AgreementSupplementRequested))]
[JsonSerializable(typeof(AgreementExtended))]
[JsonSerializable(typeof(AgreementApproved))]
[JsonSerializable(typeof(AgreementRefused))]
[JsonSerializable(typeof(AgreementWithdrawn))]
[JsonSerializable(typeof(AgreementSuspended))]
[JsonSerializable(typeof(AgreementResumed))]
[JsonSerializable(typeof(AgreementTerminated))]
[JsonSerializable(typeof(AgreementEscalated))]
[JsonSerializable(typeof(ErasureOrderedRecord))]
[JsonSerializable(typeof(LogAdoptedRecord))]
[JsonSerializable(typeof(ExchangeRequest))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
