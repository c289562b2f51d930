namespace DataExchange.Contracts.Calendars;

/// <summary>The clocks of the Regulations on Government Data Sharing (政务数据共享条例, State Council Order 809, in force since 1 August 2025).</summary>
public static class StatutoryClocks
{
    private const string OfCatalogue = "State Council Order 809, chapter II (catalogue) / 国务院令第809号 第二章 目录管理";
    private const string OfSharing = "State Council Order 809, chapter III (sharing and use) / 国务院令第809号 第三章 共享使用";

    /// <summary>A provider answers a request for data of the unconditional class.</summary>
    public static WorkingDayClock ReplyUnconditional { get; } = new("reply-unconditional", 1, OfSharing);

    /// <summary>A provider answers a request for data of the conditional class.</summary>
    public static WorkingDayClock ReplyConditional { get; } = new("reply-conditional", 10, OfSharing);

    /// <summary>How much longer a provider may take, once, with reasons.</summary>
    public static WorkingDayClock ReplyExtension { get; } = new("reply-extension", 10, OfSharing);

    /// <summary>A provider that has agreed shares.</summary>
    public static WorkingDayClock Provision { get; } = new("provision", 20, OfSharing);

    /// <summary>A provider verifies a reported error and corrects it or says why not.</summary>
    public static WorkingDayClock Correction { get; } = new("correction", 10, OfSharing);

    /// <summary>A department brings its catalogue up to date after a change of law or duties.</summary>
    public static WorkingDayClock CatalogueUpdate { get; } = new("catalogue-update", 10, OfCatalogue);

    /// <summary>The data authority publishes an updated catalogue.</summary>
    public static WorkingDayClock CataloguePublication { get; } = new("catalogue-publication", 2, OfCatalogue);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WorkingDayClock> All { get; } =
        [ReplyUnconditional, ReplyConditional, ReplyExtension, Provision, Correction, CatalogueUpdate, CataloguePublication];

    /// <summary>The clock of this code.</summary>
    public static WorkingDayClock? Find(string code) => All.FirstOrDefault(clock => clock.Code == code);
}
