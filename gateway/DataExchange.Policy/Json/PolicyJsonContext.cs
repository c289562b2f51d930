using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Restrictions;

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
[JsonSerializable(typeof(SubjectHandle))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(DatasetDraftedRecord))]
[JsonSerializable(typeof(DatasetStepRecord))]
[JsonSerializable(typeof(DatasetReasonRecord))]
[JsonSerializable(typeof(ConsentNotice))]
[JsonSerializable(typeof(SharingAgreement))]
[JsonSerializable(typeof(SignedAgreement))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(MandateRecord))]
[JsonSerializable(typeof(ComplaintRecord))]
[JsonSerializable(typeof(DisputeOpenedRecord))]
[JsonSerializable(typeof(DisputeTakenRecord))]
[JsonSerializable(typeof(DisputeSettledRecord))]
[JsonSerializable(typeof(DisputeWithdrawnRecord))]
[JsonSerializable(typeof(DisputeDecidedRecord))]
[JsonSerializable(typeof(CorrectionRecord))]
[JsonSerializable(typeof(BreakGlassRecord))]
[JsonSerializable(typeof(RestrictionRecord))]
[JsonSerializable(typeof(CaseRecord))]
[JsonSerializable(typeof(Matter))]
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
[JsonSerializable(typeof(StandingRecord))]
[JsonSerializable(typeof(KeyRotatedRecord))]
[JsonSerializable(typeof(ClientsSetRecord))]
[JsonSerializable(typeof(IReadOnlyList<ClientRegistration>))]
[JsonSerializable(typeof(ProposalMadeRecord))]
[JsonSerializable(typeof(ProposalApprovedRecord))]
[JsonSerializable(typeof(ProposalRejectedRecord))]
[JsonSerializable(typeof(ProposalWithdrawnRecord))]
[JsonSerializable(typeof(RegionQuorum))]
[JsonSerializable(typeof(PurposeWithdrawnRecord))]
[JsonSerializable(typeof(CalendarYear))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ExchangeRequest))]
[JsonSerializable(typeof(AnomalyRuleSet))]
[JsonSerializable(typeof(Scorecard))]
[JsonSerializable(typeof(AnomalyFinding))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
