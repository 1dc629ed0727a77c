//! Which PBXs a change concerns: decided by what the audit trail says of it, in one place.

use crate::database::on;
use crate::{At, Reading, Result, Transaction};
use domain::audit::Entry;
use domain::{About, Event, PbxId, Timestamp};
use std::collections::BTreeSet;

/// The PBXs that must be told of a change.
pub(crate) struct Concern {
    entry: Entry,
    pbxs: BTreeSet<PbxId>,
}

impl Concern {
    /// Before the change is written: somebody who leaves a PBX concerns it. `None` for what no PBX
    /// knows of.
    pub(crate) async fn before(reading: &mut Reading, entry: &Entry) -> Result<Option<Self>> {
        if !is_told(entry.event) {
            return Ok(None);
        }
        let pbxs = reading.pbxs_concerned(entry).await?;
        let entry = entry.clone();
        Ok(Some(Self { entry, pbxs }))
    }

    /// After it was written, with the number of its entry: queues it for each PBX that is there.
    pub(crate) async fn queue(
        mut self,
        transaction: &mut Transaction,
        sequence: i64,
        at: Timestamp,
    ) -> Result<()> {
        self.pbxs
            .extend(transaction.pbxs_concerned(&self.entry).await?);
        let organisation = transaction.organisation;
        for pbx in self.pbxs {
            on!(transaction, connection => sqlx::query(
                "INSERT INTO pbx_change (organisation, pbx, sequence, at, state, attempts, due_at)
                 SELECT organisation, id, $3, $4, 1, 0, $4 FROM pbx
                 WHERE organisation = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(pbx)
            .bind(sequence)
            .bind(At(at))
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }
}

impl Reading {
    async fn pbxs_concerned(&mut self, entry: &Entry) -> Result<BTreeSet<PbxId>> {
        let (sql, subject) = match entry.subject {
            About::Employee(id) => (
                "SELECT pbx FROM contact_user WHERE organisation = $1 AND employee = $2",
                id.0,
            ),
            About::Part(id) => (
                "SELECT id FROM pbx WHERE organisation = $1 AND (id = $2 OR EXISTS (
                     SELECT 1 FROM agent_group WHERE organisation = $1 AND id = $2))
                 UNION SELECT pbx FROM tenant WHERE organisation = $1 AND id = $2
                 UNION SELECT pbx FROM queue WHERE organisation = $1 AND id = $2
                 UNION SELECT pbx FROM ring_group WHERE organisation = $1 AND id = $2
                 UNION SELECT pbx FROM pickup_group WHERE organisation = $1 AND id = $2
                 UNION SELECT pbx FROM script WHERE organisation = $1 AND id = $2
                 UNION SELECT s.pbx FROM channel c
                     JOIN script s ON s.organisation = c.organisation AND s.id = c.script
                     WHERE c.organisation = $1 AND c.id = $2",
                id.0,
            ),
            // Something for all of them, such as the hours of an office that scripts ask for.
            _ => (
                "SELECT id FROM pbx WHERE organisation = $1 AND $2 = $2",
                self.organisation.0,
            ),
        };
        let organisation = self.organisation;
        let pbxs: Vec<(PbxId,)> = on!(self, connection => sqlx::query_as(sql)
            .bind(organisation)
            .bind(subject)
            .fetch_all(connection)
            .await)?;
        Ok(pbxs.into_iter().map(|(pbx,)| pbx).collect())
    }
}

/// Whether a PBX is told of what happened. Of an employee only where they are a contact-centre user.
const fn is_told(event: Event) -> bool {
    use Event as E;
    match event {
        // Who is there, and what they are called.
        E::EmployeeRevised
        | E::EmployeeSuspended
        | E::EmployeeReactivated
        | E::EmployeeDeleted
        | E::EmployeeActivated
        | E::EmailChanged
        | E::TurnedOver
        | E::TurnedBack
        | E::Recovered
        // What is set up.
        | E::PbxCreated
        | E::PbxRevised
        | E::PbxDeleted
        | E::PbxRewritten
        | E::TenantRevised
        | E::AgentGroupDeleted
        | E::QueueCreated
        | E::QueueRevised
        | E::QueueDeleted
        | E::RingGroupCreated
        | E::RingGroupRevised
        | E::RingGroupDeleted
        | E::PickupGroupCreated
        | E::PickupGroupRevised
        | E::PickupGroupDeleted
        | E::ScriptCreated
        | E::ScriptRevised
        | E::ScriptDeleted
        | E::ChannelCreated
        | E::ChannelRevised
        | E::ChannelDeleted
        | E::RingMembersChanged
        | E::PickupMembersChanged
        // Who takes calls.
        | E::ContactUserCreated
        | E::ContactUserRevised
        | E::ContactUserRemoved
        | E::ContactStateSet
        | E::QueuesChanged
        | E::SupervisionChanged
        | E::EndpointAdded
        | E::EndpointRemoved => true,
        // Accounts, and how one gets in.
        E::EmployeeCreated
        | E::EmployeeAssigned
        | E::EmployeeInvited
        | E::InvitationRevoked
        | E::EmailChangeRequested
        | E::PasswordChanged
        | E::SessionsEnded
        | E::PictureChanged
        | E::SignedIn
        | E::PasswordReset
        | E::SecondFactorAdded
        | E::SecondFactorRemoved
        | E::SecondFactorReset
        | E::PasskeyRenamed
        | E::RecoveryCodesMade
        | E::RecoveryCodeUsed
        | E::Exempted
        | E::ProviderCreated
        | E::ProviderRevised
        | E::ProviderEnabled
        | E::ProviderDisabled
        | E::ProviderDeleted
        | E::SignInRefused
        // Appointments.
        | E::OfficeCreated
        | E::OfficeRevised
        | E::OfficeDeleted
        | E::CategoryCreated
        | E::CategoryRevised
        | E::CategoryDeleted
        | E::SubjectCreated
        | E::SubjectRevised
        | E::SubjectDeleted
        | E::SubjectNarrowed
        | E::ExpertiseChanged
        | E::HoursChanged
        | E::AbsenceEntered
        | E::AbsenceRevised
        | E::AbsenceRemoved
        | E::CalendarLinked
        | E::CalendarSwitched
        | E::CalendarUnlinked
        | E::FeedMade
        | E::FeedEnded
        | E::AppointmentBooked
        | E::AppointmentConfirmed
        | E::AppointmentRescheduled
        | E::AppointmentReassigned
        | E::AppointmentCancelled
        | E::AppointmentNoted
        | E::CustomerExported
        | E::CustomerErased
        | E::BookingChanged
        | E::OrganisationCreated
        | E::SettingsChanged
        | E::PolicyChanged
        // What a PBX does not know: seats, the inventory, names of tenants and groups without anybody.
        | E::TenantCreated
        | E::TenantDeleted
        | E::AgentGroupCreated
        | E::AgentGroupRevised
        | E::LicenseChanged
        | E::NumbersAdded
        | E::NumbersRemoved => false,
    }
}
