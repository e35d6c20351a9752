"""Every address as every role: who is let in and who is refused, in one table."""

from django.db import connection

from tests.some import some
from tests.test_arsitektur import TERBUKA, all_urls

ORANG = {
    "B": "bu_bappeda",
    "C": "pak_camat",
    "S": "pak_sekcam",
    "P": "bu_pmd",
    "M": "pemandu",
    "V": "verifikator",
    "D": "operator_desa",
    "K": "orang_skpd",
}
# Letters of the roles that are let in -> the addresses. Whoever adds an address decides here who may use it.
BOLEH = {
    "SPM": """
        berita_acara:invitations_number berita_acara:invitations_change
        berita_acara:copy_upload prioritas:save_scores rkp:accept rkp:accept_row rkp:decide rkp:figures
        rkp:group_cell rkp:group_many rkp:group_ticked rkp:group_undo rkp:plan_cell_pleno rkp:plan_cell_tabel
        rkp:plan_many_pleno rkp:plan_many_tabel rkp:plan_undo_pleno rkp:plan_undo_tabel rkp:ticked
        rkp:group_close rkp:group_members rkp:group_merge rkp:group_move rkp:group_order rkp:group_row
        rkp:group_split rkp:merge rkp:object rkp:place rkp:row_view rkp:settle rkp:split sidang:agenda_fill
        sidang:agenda_item sidang:agenda_new sidang:agenda_remove sidang:agenda_reorder sidang:agenda_run
        sidang:attend_again sidang:check_in sidang:check_in_code sidang:desk_list sidang:desk_offline
        sidang:desk_receive sidang:desk_worker sidang:desk_camera sidang:desk_certificate sidang:leave_attendance sidang:return_attendance
        sidang:invitation sidang:invitation_new sidang:invitation_remove
        sidang:invitations_carry sidang:invitations_track sidang:invitations_upload
        sidang:note sidang:note_new sidang:note_remove sidang:remove_attendance sidang:settings sidang:show
        sidang:slides sidang:slide sidang:screen_add sidang:screen_rooms sidang:screen_set
        sidang:speaker sidang:speaker_new sidang:today sidang:today_live usulan:bulk usulan:change_desa usulan:mark_paid
        rkp:similar usulan:merge usulan:paid usulan:reconsider usulan:result_form usulan:results usulan:similar usulan:split
    """,
    "BCSPMV": """
        berita_acara:change_letter
        berita_acara:addenda
        berita_acara:bundle berita_acara:bundle_download berita_acara:bundle_retry berita_acara:bundle_start
        berita_acara:copy berita_acara:documents berita_acara:download berita_acara:letter
        berita_acara:package_start berita_acara:preview berita_acara:version berita_acara:print berita_acara:print_xlsx berita_acara:signed ceiling
        criteria_move delegasi:list pemilahan:download pemilahan:list prioritas:candidate prioritas:candidates
        prioritas:input prioritas:list prioritas:orders prioritas:pb prioritas:ranking prioritas:result
        prioritas:shares prioritas:spreadsheet prioritas:verification prioritas:villages prioritas:vote
        prioritas:voters rkp:compare rkp:group rkp:groups rkp:groups_download rkp:plenary rkp:sums rkp:version
        rkp:version_of sidang:agenda sidang:attendance sidang:find_invitee sidang:invitations
        sidang:invitations_download sidang:minutes sidang:quorum team tindak_lanjut:approval tindak_lanjut:package tindak_lanjut:review trail
    """,
    "SP": """
        prioritas:pass_over berita_acara:signers berita_acara:signer_remove berita_acara:copy_accept
        berita_acara:addendum_begin berita_acara:addendum_cancel berita_acara:amend berita_acara:amend_find
        berita_acara:amend_remove
        berita_acara:ballots berita_acara:copy_excuse berita_acara:issue berita_acara:issue_letter
        berita_acara:letterhead berita_acara:send berita_acara:slips ceiling_save criteria_save delegasi:annul delegasi:arrange delegasi:count
        delegasi:remove delegasi:replace member member_new member_remove accounts_waiting account_free pemilahan:choose pemilahan:cell pemilahan:many pemilahan:take_back pemilahan:ticked pemilahan:undo pemilahan:confirm pemilahan:answer pemilahan:receive
        pemilahan:requeue pemilahan:send_funded prioritas:candidate_remove prioritas:fix prioritas:letter prioritas:open
        sidang:adjourn sidang:resume prioritas:remove prioritas:remove_order prioritas:reopen prioritas:rules prioritas:save_order
        prioritas:settle prioritas:village prioritas:vote_close prioritas:vote_mark prioritas:vote_open
        prioritas:vote_paper prioritas:voter_remove rkp:build rkp:correct rkp:group_edit rkp:group_empty
        rkp:group_new
        rkp:group_remove rkp:groups_fill rkp:groups_seats rkp:reserve schedule_ask team_fill team_sk tindak_lanjut:note_answer
    """,
    "BCSPMVDK": """
        admin_login berita_acara:hall_pin board change_password code_off code_setup devices_end guide guide_enter home own_steps own_read session_left sign_in_code move programs programs_download rkp:download rkp:row rkp:table usulan:detail
        usulan:download usulan:edit_inline usulan:keep_view usulan:list usulan:recap usulan:remove_view
    """,
    "SPMD": """
        usulan:settle_sheet
        usulan:choose_desa usulan:choose_kolom usulan:commit usulan:commit_complete usulan:compare usulan:completeness
        usulan:correct_row usulan:correct_sheet usulan:edit_completeness usulan:edit_row usulan:import
        usulan:preview usulan:repeat usulan:sample usulan:template usulan:undo usulan:undo_correction
    """,
    "B": """
        berita_acara:addendum_receive
        berita_acara:addendum_return
        durkp durkp_download kabupaten plan plan_answer plan_download plan_new_year plan_publish plan_upload scheme
        scheme_new schemes tindak_lanjut:review_note reference reference_trail reference_ceilings
        reference_place_words
        reference_paper_form
        reference_ceilings_download reference_table reference_download reference_row_new reference_row
        reference_row_remove users user_invite users_upload users_download user user_reset user_activate
        user_role user_role_remove user_code_remove users_links user_link user_requests user_request_answer
        user_request_withdraw
    """,
    "K": """
        skpd skpd_answer skpd_answer_many skpd_letter skpd_receive skpd_upload
    """,
    "BSPM": """
        program program_new program_remove
    """,
    "SPMDK": """
        usulan:create usulan:withdraw
    """,
    "BCSPMVD": """
        tindak_lanjut:digest
    """,
    "C": """
        berita_acara:addendum_approve berita_acara:sign tindak_lanjut:note
    """,
    "BSP": """
        berita_acara:hall berita_acara:hall_bring berita_acara:hall_cancel berita_acara:hall_pack berita_acara:hall_take berita_acara:witnesses schedule
    """,
    "S": """
        berita_acara:hall_extend
    """,
    "CS": """
        berita_acara:hall_confirm berita_acara:hall_refuse
    """,
    "BCSP": """
        berita_acara:hall_result
    """,
}


def asked(allowed: str) -> list[str]:
    """Return who asks for an address: every role; on the second database, which has no say in roles, one let in and one
    refused, so that its queries run there too.
    """
    if connection.vendor == "sqlite":
        return list(ORANG)
    return sorted({allowed[0], next((h for h in ORANG if h not in allowed), allowed[-1])}, key=list(ORANG).index)


def test_each_address_lets_in_its_roles_alone(ready_to_issue, masuk, monkeypatch):
    clients = {letter: masuk(nama) for letter, nama in ORANG.items()}
    allowed = {nama: letter for letter, content in BOLEH.items() for nama in content.split()}
    urls = [(nama, url) for nama, url in all_urls(ready_to_issue.slug) if nama not in TERBUKA | {"logout"}]
    assert {nama for nama, _ in urls} == set(allowed)
    for nama, url in urls:
        accepted = ""
        for letter in asked(allowed[nama]):
            client = clients[letter]
            response = client.get(url)
            if response.status_code == 405:
                response = client.post(url)
            assert response.status_code < 500, (nama, letter)
            accepted += letter if response.status_code != 403 else ""
            for close in response._resource_closers:  # not jawab.close(), which ends the database connection too
                close()
        assert accepted == "".join(h for h in asked(allowed[nama]) if h in allowed[nama]), nama


def test_a_stranger_finds_no_event(ready_to_issue, masuk):
    client = masuk("orang_luar")
    for nama, url in some(all_urls(ready_to_issue.slug)):
        if nama in TERBUKA or f"/{ready_to_issue.slug}/" not in url:
            continue
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        assert response.status_code == 404, nama
